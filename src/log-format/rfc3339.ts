const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * Reads a date-time of RFC 3339 5.6 into milliseconds since 1970: up to nine digits of a second, `T` and `Z` in either
 * case; seconds may be left out. NaN for anything else, among it a day or an hour that does not exist.
 */
export function readInstant(text: string): number {
  const [, year, month, day, hour] = INSTANT.exec(text) ?? [];
  if (day === undefined || Number(hour) > 23) return NaN;
  // The 31st of February would be moved to March.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > lastDay) return NaN;
  const upper = text.toUpperCase();
  // A leap second has no number of its own in Unix time.
  return Date.parse(upper.replace(/:60(\.\d+)?(?=Z|[+-])/, ':59.999').replace(/(\.\d{3})\d+/, '$1'));
}
