import type { Limits } from '../../config/limits.ts';
import type { PatternName, Severity } from '../suspicion/pattern.ts';
import { SEVERITIES } from '../suspicion/pattern.ts';
import type { AlertAct, AlertDetail, AlertOpened } from './alert-acts.ts';
import type { ClosingReason } from './closing-reasons.ts';

export const ALERT_BOOK_LIMITS = {
  alerts: {
    value: 20_000,
    unit: 'alerts',
    why: 'Beyond them closed alerts are let go, the oldest first; they stay in the log. Alerts that wait are never let go.',
  },
  history: { value: 200, unit: 'acts', why: 'Shown of one alert; the first and the last ones.' },
} as const satisfies Limits;

export type AlertState = 'open' | 'explained' | 'escalated' | 'closed';

/** One act in an alert's history. */
export interface AlertEvent {
  readonly act: AlertAct;
  /** X-Access-Entry of the act. */
  readonly entry: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Account of who acted; `gateway` where nobody did. */
  readonly by: string;
  readonly why: string | null;
  readonly note: string | null;
  readonly closing: ClosingReason | null;
}

/** An alert as all acts about it have left it. */
export interface Alert {
  readonly id: string;
  readonly pattern: PatternName;
  readonly client: string;
  readonly openedAt: number;
  readonly opened: AlertOpened;
  severity: Severity;
  observed: number;
  evidence: readonly string[];
  state: AlertState;
  /** How often it went up; 0 at first. */
  level: number;
  /** The last act of anybody, or the opening: from here on it waits. */
  since: number;
  closing: ClosingReason | null;
  /** The officer of the evidence is suspended. */
  isSuspending: boolean;
  readonly history: AlertEvent[];
}

/** All alerts, by id, in the order of opening. A plain value; it follows from the acts in the log alone. */
export type AlertBook = Map<string, Alert>;

/** An act as the log holds it. */
export interface StoredAlertAct {
  readonly entry: string;
  readonly time: number;
  readonly act: AlertDetail;
}

/** Takes one act from the log. An act about an alert that is not known changes nothing. Returns the alert. */
export function takeAct(book: AlertBook, stored: StoredAlertAct): Alert | null {
  const { act, time } = stored;
  const { alert: id } = act.detail;
  if (act.purpose === 'alert-opened') {
    if (!book.has(id)) book.set(id, openedAlert(stored, act.detail));
    letGo(book);
    return book.get(id) ?? null;
  }
  const alert = book.get(id);
  if (!alert) return null;
  alert.history.push(eventOf(stored));
  if (alert.history.length > ALERT_BOOK_LIMITS.history.value) alert.history.splice(1, 1);
  alert.since = time;
  change(alert, act);
  return alert;
}

function change(alert: Alert, act: Exclude<AlertDetail, { purpose: 'alert-opened' }>): void {
  switch (act.purpose) {
    case 'alert-explained':
      alert.state = 'explained';
      break;
    case 'alert-escalated':
      alert.state = 'escalated';
      alert.closing = null;
      alert.level = Math.max(alert.level, act.detail.level);
      grow(alert, act.detail);
      break;
    case 'alert-closed':
      alert.state = 'closed';
      alert.closing = act.detail.reason;
      break;
    case 'alert-reopened':
      alert.state = 'open';
      alert.closing = null;
      break;
    case 'alert-suspension-lifted':
      alert.isSuspending = false;
      break;
  }
}

function grow(
  alert: Alert,
  { severity, observed, evidence, suspends }: Extract<AlertDetail, { purpose: 'alert-escalated' }>['detail'],
): void {
  if (severity && SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(alert.severity))
    alert.severity = severity;
  if (observed !== undefined) alert.observed = observed;
  if (evidence && evidence.length > 0) alert.evidence = evidence;
  if (suspends === true) alert.isSuspending = true;
}

function openedAlert(stored: StoredAlertAct, detail: AlertOpened): Alert {
  return {
    id: detail.alert,
    pattern: detail.rule,
    client: detail.client,
    openedAt: stored.time,
    opened: detail,
    severity: detail.severity,
    observed: detail.observed,
    evidence: detail.evidence,
    state: 'open',
    level: 0,
    since: stored.time,
    closing: null,
    isSuspending: detail.suspends,
    history: [eventOf(stored)],
  };
}

function eventOf({ act, entry, time }: StoredAlertAct): AlertEvent {
  const detail = act.detail;
  return {
    act: act.purpose,
    entry,
    time,
    by: 'by' in detail ? detail.by : 'gateway',
    why: 'why' in detail ? detail.why : null,
    note: 'note' in detail ? (detail.note ?? null) : null,
    closing: 'reason' in detail ? detail.reason : null,
  };
}

function letGo(book: AlertBook): void {
  if (book.size <= ALERT_BOOK_LIMITS.alerts.value) return;
  for (const [id, { state, isSuspending }] of book) {
    if (book.size <= ALERT_BOOK_LIMITS.alerts.value) return;
    if (state === 'closed' && !isSuspending) book.delete(id);
  }
}
