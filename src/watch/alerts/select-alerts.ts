import { SEVERITIES, type PatternName, type Severity } from '../suspicion/pattern.ts';
import type { Alert, AlertBook, AlertState } from './alert-book.ts';
import type { ClosingReason } from './closing-reasons.ts';

/** A filter of alerts; null: any. */
export interface AlertFilter {
  readonly state: AlertState | 'waiting' | null;
  readonly pattern: PatternName | null;
  readonly severity: Severity | null;
  readonly closing: ClosingReason | null;
  readonly clients: readonly string[] | null;
  /** Time of opening, inclusive, milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
}

export interface AlertPageWanted {
  readonly first: number;
  /** Id of the last alert before. */
  readonly after: string | null;
}

/** Alerts of a pattern and severity, by state. */
export interface AlertCount {
  readonly pattern: PatternName;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly alerts: number;
}

export interface FoundAlerts {
  readonly alerts: readonly Alert[];
  /** Id for `after`; null at the end. */
  readonly next: string | null;
  /** Number of the filter's alerts that are not closed. */
  readonly waiting: number;
  readonly oldestWaiting: number | null;
  /** All of the filter, counted. */
  readonly counts: readonly AlertCount[];
}

/** A page of alerts, worst first: those that wait, by severity and level, the oldest first; then those closed, the newest first. */
export function selectAlerts(book: AlertBook, filter: AlertFilter, page: AlertPageWanted): FoundAlerts {
  const chosen = [...book.values()].filter((alert) => isChosen(alert, filter)).toSorted(worstFirst);
  const start = page.after === null ? 0 : chosen.findIndex(({ id }) => id === page.after) + 1;
  const alerts = chosen.slice(start, start + page.first);
  const waiting = chosen.filter(({ state }) => state !== 'closed');
  return {
    alerts,
    next: start + page.first < chosen.length ? (alerts.at(-1)?.id ?? null) : null,
    waiting: waiting.length,
    oldestWaiting: waiting.length === 0 ? null : Math.min(...waiting.map(({ openedAt }) => openedAt)),
    counts: countsOf(chosen),
  };
}

function isChosen(alert: Alert, filter: AlertFilter): boolean {
  const { state, pattern, severity, closing, clients, from, until } = filter;
  const isState = state === null || (state === 'waiting' ? alert.state !== 'closed' : alert.state === state);
  return (
    isState &&
    (pattern === null || alert.pattern === pattern) &&
    (severity === null || alert.severity === severity) &&
    (closing === null || alert.closing === closing) &&
    (clients === null || clients.includes(alert.client)) &&
    from <= alert.openedAt &&
    alert.openedAt <= until
  );
}

function worstFirst(one: Alert, other: Alert): number {
  const isClosed = Number(one.state === 'closed') - Number(other.state === 'closed');
  if (isClosed !== 0) return isClosed;
  if (one.state === 'closed') return other.since - one.since || compareIds(one, other);
  return (
    SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity) ||
    other.level - one.level ||
    one.openedAt - other.openedAt ||
    compareIds(one, other)
  );
}

function compareIds(one: Alert, other: Alert): number {
  return one.id < other.id ? -1 : 1;
}

function countsOf(alerts: readonly Alert[]): readonly AlertCount[] {
  const counts = new Map<string, AlertCount>();
  for (const { pattern, severity, state } of alerts) {
    const key = `${pattern} ${severity} ${state}`;
    counts.set(key, { pattern, severity, state, alerts: (counts.get(key)?.alerts ?? 0) + 1 });
  }
  return [...counts.values()];
}
