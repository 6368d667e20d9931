import { DAY_MS, weekdayOf } from '../access/watch-time.ts';

/**
 * Public holidays of Viet Nam (Labour Code 45/2019/QH14 art. 112). Beside 2 September stand both days of which one is
 * free, and around the lunar new year all days that decisions have chosen from: a day too many only asks for a better reason to work.
 * 24 November is free from 2026 on (chosen here from the announcement; the text of the law was not at hand).
 */
const FIXED: ReadonlySet<string> = new Set(['01-01', '04-30', '05-01', '09-01', '09-02', '09-03']);
const CULTURE_DAY = { date: '11-24', from: 2026 };

/** Lunar month and day. The calendars of Viet Nam and China differ by a day in few years, which the span covers. */
const LUNAR = new Intl.DateTimeFormat('en-u-ca-chinese', {
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

const known = new Map<number, boolean>();

/** Tells whether offices are closed: a weekend or a public holiday. `day` counts from 1970 in Viet Nam. */
export function isDayOff(day: number): boolean {
  const weekday = weekdayOf(day);
  return weekday === 0 || weekday === 6 || isHoliday(day);
}

/** Tells whether a day of Viet Nam, counted from 1970, is a public holiday. */
export function isHoliday(day: number): boolean {
  let answer = known.get(day);
  if (answer === undefined) {
    answer = findOut(day);
    if (known.size > 2_000) known.clear();
    known.set(day, answer);
  }
  return answer;
}

function findOut(day: number): boolean {
  const date = new Date(day * DAY_MS).toISOString();
  const monthDay = date.slice(5, 10);
  if (FIXED.has(monthDay)) return true;
  if (monthDay === CULTURE_DAY.date && Number(date.slice(0, 4)) >= CULTURE_DAY.from) return true;
  const [month, dayOfMonth] = lunar(day);
  // Hùng Kings: the tenth of the third month. Tết: the last two days of the old year to the fourth of the new one.
  if (month === '3' && dayOfMonth === 10) return true;
  if (month === '1' && dayOfMonth <= 4) return true;
  return [1, 2].some((ahead) => {
    const [next, first] = lunar(day + ahead);
    return next === '1' && first === 1;
  });
}

/** A leap month has another text than its number and is no month of a feast. */
function lunar(day: number): readonly [month: string, day: number] {
  const parts = LUNAR.formatToParts(new Date(day * DAY_MS));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return [part('month'), Number(part('day'))];
}
