/** Vietnamese formats: dd/mm/yyyy, 24 hours, the time of Viet Nam; numbers as 1.234.567,5. */
const DATE_TIME = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const NUMBER = new Intl.NumberFormat('vi-VN');

/** A moment (ISO 8601) as `05/02/2026 09:30:00`, in the time of Viet Nam. */
export function dateTimeText(moment: string | null | undefined): string {
  if (moment === null || moment === undefined) return '';
  const part = Object.fromEntries(
    DATE_TIME.formatToParts(new Date(moment)).map(({ type, value }) => [type, value]),
  );
  return `${part['day']}/${part['month']}/${part['year']} ${part['hour']}:${part['minute']}:${part['second']}`;
}

/** The span of two moments: one time, or `05/02/2026 09:30:00 – 09:41:10` on one day. */
export function timeSpanText(from: string, to: string): string {
  const [first, last] = [dateTimeText(from), dateTimeText(to)];
  if (first === last) return first;
  return first.slice(0, 10) === last.slice(0, 10)
    ? `${first} – ${last.slice(last.indexOf(' ') + 1)}`
    : `${first} – ${last}`;
}

/** A day (`2026-02-05`) as `05/02/2026`. */
export function dayText(day: string): string {
  return day.split('-').toReversed().join('/');
}

/** The day of Viet Nam of a moment, as `2026-02-05`. */
export function vietNamDayOf(moment: number | string): string {
  return new Date(new Date(moment).getTime() + VIET_NAM_OFFSET_MS).toISOString().slice(0, 10);
}

/** The first moment of a day of Viet Nam, and that of the next day. */
export function boundsOfDay(day: string): { readonly from: string; readonly to: string } {
  const start = Date.parse(`${day}T00:00:00+07:00`);
  return { from: new Date(start).toISOString(), to: new Date(start + DAY_MS).toISOString() };
}

export function numberText(value: number): string {
  return NUMBER.format(value);
}

const VIET_NAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
