import { toEnum } from '../../access-log/queries/filter-arguments.ts';
import { REASON_WORDS } from '../explain/reasons.ts';
import type { Alert, AlertEvent } from './alert-book.ts';
import { CLOSING_REASONS } from './closing-reasons.ts';
import { escalatesAt } from './escalation.ts';
import { PATTERN_WORDS } from './pattern-words.ts';
import type { AlertCount } from './select-alerts.ts';

/** An alert under the names of the schema's Alert. */
export function showAlert(alert: Alert): object {
  const words = PATTERN_WORDS[alert.pattern];
  const { accesses, tried } = alert.opened;
  const due = escalatesAt(alert);
  return {
    id: alert.id,
    pattern: alert.pattern,
    name: words.name,
    severity: toEnum(alert.severity),
    state: toEnum(alert.state),
    level: alert.level,
    client: alert.client,
    openedAt: new Date(alert.openedAt).toISOString(),
    observed: alert.observed,
    usual: alert.opened.usual,
    unit: words.unit,
    evidence: alert.evidence,
    tried: tried.map(({ reason, explained }) => ({
      reason,
      words: explained > 0 ? REASON_WORDS[reason].holds : REASON_WORDS[reason].fails,
      explained,
      accesses,
    })),
    wouldExplain: words.wouldExplain,
    isSuspending: alert.isSuspending,
    escalatesAt: due === null ? null : new Date(due).toISOString(),
    closing: alert.closing,
    closingWords: alert.closing && CLOSING_REASONS[alert.closing],
    history: alert.history.map(showEvent),
  };
}

function showEvent({ act, entry, time, by, why, note, closing }: AlertEvent): object {
  return { act, entry, time: new Date(time).toISOString(), by, why, note, closing };
}

/** Under the names of the schema's AlertCount. */
export function showAlertCount({ pattern, severity, state, alerts }: AlertCount): object {
  return {
    pattern,
    name: PATTERN_WORDS[pattern].name,
    severity: toEnum(severity),
    state: toEnum(state),
    alerts,
  };
}
