import { daysInMonth } from '../log-format/viet-nam-time.ts';

/** Civil Code 91/2015/QH13 art. 20. */
export const ADULT_AGE = 18;

/**
 * Whether somebody born then has reached an age on a day: null where a birth date of the form `yyyy` or `yyyy-mm` leaves
 * it open, undefined where a date is malformed. An age is reached on the birthday; who was born on 29 February reaches it on 1 March where that year is no leap year.
 */
export function hasReachedAge(birthDate: string, years: number, on: string): boolean | null | undefined {
  const day = spanOf(on);
  const birth = spanOf(birthDate);
  if (!day || !birth || day.first !== day.last) return undefined;
  if (day.first - birth.last >= years * ONE_YEAR) return true;
  return day.first - birth.first >= years * ONE_YEAR ? null : false;
}

/** Difference of dates written as the number yyyymmdd. */
const ONE_YEAR = 1_00_00;

/** The first and the last day that a date may mean, as numbers yyyymmdd. */
interface Span {
  readonly first: number;
  readonly last: number;
}

function spanOf(date: string): Span | undefined {
  const year = digits(date, 0, 4);
  if (date.length === 4) return span(year * 1_00_00 + 1_01, year * 1_00_00 + 12_31);
  const month = date[4] === '-' ? digits(date, 5, 7) : NaN;
  if (!(month >= 1 && month <= 12)) return undefined;
  const start = year * 1_00_00 + month * 1_00;
  const lastDay = daysInMonth(year, month);
  if (date.length === 7) return span(start + 1, start + lastDay);
  const day = date.length === 10 && date[7] === '-' ? digits(date, 8, 10) : NaN;
  return day >= 1 && day <= lastDay ? span(start + day, start + day) : undefined;
}

function span(first: number, last: number): Span | undefined {
  return Number.isNaN(first) ? undefined : { first, last };
}

function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
