/** ISO 8601 in UTC; the number itself for what is no time of this calendar, which Date throws at. In milliseconds since 1970. */
export function isoTime(epochMs: number): string {
  const date = new Date(epochMs);
  return Number.isNaN(date.getTime()) ? String(epochMs) : date.toISOString();
}
