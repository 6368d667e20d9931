import type { PersonFacts } from './person-facts.ts';
import type { RowContext, RowRule } from './row-rule.ts';

/** Under 18. Whoever may still be a minor is one: an unknown day is the last that it can be. */
export const minors: RowRule = {
  name: 'minor',
  legalBasis: { instrument: 'Civil Code 91/2015/QH13', article: 'art. 21', isModelled: true },
  isTold: false,
  denies: (facts: PersonFacts, context: RowContext) =>
    !context.clearance.has('minors') && !isOfAge(facts.birthDate, context.today),
};

/** Differences of dates written as the number yyyymmdd. */
const EIGHTEEN_YEARS = 18_00_00;

/**
 * From the 18th birthday on; who was born on 29 February comes of age on 1 March where that year is no leap year.
 * False where a date is malformed: no comparison with NaN holds.
 */
function isOfAge(birthDate: string, today: string): boolean {
  return today.length === 10 && latestDay(today) - latestDay(birthDate) >= EIGHTEEN_YEARS;
}

/** The last day that a date of the form `yyyy`, `yyyy-mm` or `yyyy-mm-dd` may mean, as the number yyyymmdd. */
function latestDay(date: string): number {
  const year = digits(date, 0, 4);
  if (date.length === 4) return year * 1_00_00 + 12_31;
  const month = date[4] === '-' ? digits(date, 5, 7) : NaN;
  if (!(month >= 1 && month <= 12)) return NaN;
  const lastDay = daysIn(year, month);
  if (date.length === 7) return year * 1_00_00 + month * 1_00 + lastDay;
  const day = date.length === 10 && date[7] === '-' ? digits(date, 8, 10) : NaN;
  return day >= 1 && day <= lastDay ? year * 1_00_00 + month * 1_00 + day : NaN;
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

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : (DAYS[month - 1] ?? NaN);
}
