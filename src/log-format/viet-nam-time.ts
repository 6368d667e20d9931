/** Viet Nam has one time zone without daylight saving: seven hours ahead of UTC. */
export const VIET_NAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

let today = { day: -1, date: '' };

/** The day of Viet Nam at a moment, `yyyy-mm-dd`. Kept for the day: every request asks for it. */
export function vietNamDay(epochMs: number): string {
  const day = Math.floor((epochMs + VIET_NAM_OFFSET_MS) / DAY_MS);
  if (today.day !== day) today = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return today.date;
}

/** The first millisecond of a day of Viet Nam, since 1970; NaN where the text is no day. */
export function startOfVietNamDay(day: string): number {
  const [, year, month, date] = DAY.exec(day) ?? [];
  const isDay = Number(date) >= 1 && Number(date) <= daysInMonth(Number(year), Number(month));
  return isDay ? Date.parse(`${day}T00:00:00Z`) - VIET_NAM_OFFSET_MS : NaN;
}

/** The last millisecond of a day of Viet Nam, since 1970; NaN where the text is no day. */
export function endOfVietNamDay(day: string): number {
  return startOfVietNamDay(day) + DAY_MS - 1;
}

/** The first millisecond of a month of Viet Nam, since 1970. January is month 0; months beyond the year are carried over. */
export function startOfVietNamMonth(year: number, month: number): number {
  return Date.UTC(year, month) - VIET_NAM_OFFSET_MS;
}

/** Days of a month of the Gregorian calendar, January being 1; NaN where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? NaN);
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}
