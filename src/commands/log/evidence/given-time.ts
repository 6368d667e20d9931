import { UsageError } from '../../command-line/command-failure.ts';

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Reads a time into milliseconds since 1970; UTC where it names no zone, so that it means the same everywhere. Throws UsageError. */
export function readGivenTime(given: string): number {
  const [, year, month, day, zone] = ISO.exec(given) ?? [];
  const time = Date.parse(given.length > 10 && zone === undefined ? `${given}Z` : given);
  // The 31st of February would be moved to March.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (day === undefined || Number.isNaN(time) || Number(day) > lastDay) {
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
