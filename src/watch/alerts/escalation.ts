import type { Limits } from '../../config/limits.ts';
import type { Severity } from '../suspicion/pattern.ts';
import type { Alert, AlertBook } from './alert-book.ts';

export const ESCALATION_LIMITS = {
  critical: { value: 4, unit: 'hours', why: 'An alert that nobody looked at goes up a level after so long.' },
  high: {
    value: 24,
    unit: 'hours',
    why: 'An alert of this severity that nobody looked at goes up a level; it never expires.',
  },
  medium: { value: 72, unit: 'hours', why: 'The same; a weekend lies within.' },
  low: {
    value: 168,
    unit: 'hours',
    why: 'An alert of this severity that nobody looked at goes up a level; it never expires.',
  },
  levels: {
    value: 3,
    unit: 'levels',
    why: 'Office, ministry, national authority. Beyond them it stays, and never becomes normal.',
  },
} as const satisfies Limits;

const HOUR_MS = 3_600_000;

/** When an alert goes up a level if nobody acts, milliseconds since 1970; null where it is closed or at the top. */
export function escalatesAt({ state, severity, since, level }: Alert): number | null {
  if (state === 'closed' || level >= ESCALATION_LIMITS.levels.value) return null;
  return since + hoursOf(severity) * HOUR_MS;
}

/** Alerts that nobody has looked at for too long. */
export function unattended(book: AlertBook, now: number): readonly Alert[] {
  return [...book.values()].filter((alert) => (escalatesAt(alert) ?? Infinity) <= now);
}

function hoursOf(severity: Severity): number {
  return ESCALATION_LIMITS[severity].value;
}
