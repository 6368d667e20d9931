import { readInstant } from '../../../log-format/rfc3339.ts';
import { UsageError } from '../../command-line/command-failure.ts';

/** Reads a time into milliseconds since 1970; UTC where it names no zone, so that it means the same everywhere. Throws UsageError. */
export function readGivenTime(given: string): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given);
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/i.test(given.slice(10));
  const time = readInstant(isDay ? `${given}T00:00Z` : hasZone ? given : `${given}Z`);
  if (Number.isNaN(time)) {
    throw new UsageError(`${given} is not a time such as 2026-11-22 or 2026-11-22T09:30:00Z.`);
  }
  return time;
}

/** Reads a period that includes `from` and excludes `to`. Throws UsageError where it is empty. */
export function readGivenPeriod(
  from: string | undefined,
  to: string | undefined,
): { from: number; to: number } {
  const period = {
    from: from === undefined ? -Infinity : readGivenTime(from),
    to: to === undefined ? Infinity : readGivenTime(to),
  };
  if (period.from >= period.to) throw new UsageError('--from must be before --to.');
  return period;
}
