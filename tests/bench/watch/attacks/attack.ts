import type { WatchedAnswer } from '../../../../src/watch/access/watched-answer.ts';
import type { PatternName } from '../../../../src/watch/suspicion/pattern.ts';
import { isDayOff } from '../../../../src/watch/baseline/holidays.ts';
import { timeOf, vietNamDayOf } from '../answers.ts';
import type { Dice } from '../dice.ts';
import { isAtWork } from '../normal-work.ts';
import { SIMULATED_DAYS, type SimulatedOffice, type SimulatedOfficer } from '../offices.ts';
import { somebody, type SimulatedPerson } from '../persons.ts';

/** Misuse that was mixed into the month. */
export interface Attack {
  readonly pattern: PatternName;
  readonly answers: readonly WatchedAnswer[];
  /** Acts, as they are counted: answers, or the last answers of days for slow patterns. */
  readonly acts: readonly WatchedAnswer[];
  /** Milliseconds after the third act within which it must be noticed. */
  readonly within: number;
}

/** An insider: an officer of some office, on days at work. */
export interface Insider {
  readonly office: SimulatedOffice;
  readonly officer: SimulatedOfficer;
}

const LAST = SIMULATED_DAYS.warmUp + SIMULATED_DAYS.measured - 1;

export function insiderOf(
  dice: Dice,
  offices: readonly SimulatedOffice[],
  day: number,
  fits: (office: SimulatedOffice) => boolean = () => true,
): Insider {
  for (;;) {
    const office = dice.pick(offices);
    const officer = dice.pick(office.officers);
    if (fits(office) && isAtWork(officer, day)) return { office, officer };
  }
}

/** A measured day at work, so many days before the end. */
export function workday(dice: Dice, before = 0): number {
  for (;;) {
    const day = dice.between(SIMULATED_DAYS.warmUp, LAST - before);
    if (!isDayOff(vietNamDayOf(day))) return day;
  }
}

/** The next day at work from this one on. */
export function workdayFrom(day: number): number {
  let next = day;
  while (isDayOff(vietNamDayOf(next))) next += 1;
  return next;
}

/** A moment in office hours. */
export function officeHour(dice: Dice, day: number): number {
  return timeOf(day, dice.chance(0.5) ? 7.7 + dice.next() * 3 : 13.6 + dice.next() * 2.4);
}

export function stranger(dice: Dice, { office }: Insider): SimulatedPerson {
  return somebody(dice, office.commune, office.kind.local * 0.5);
}

let numbers = 5_000;

/** A dossier number that is nobody's work. */
export function spareCase({ office }: Insider, day: number): string {
  numbers = numbers >= 8_900 ? 5_000 : numbers + 37;
  const date = new Date(timeOf(day, 12)).toISOString().slice(2, 10).replaceAll('-', '');
  return `${office.code}-${date}-${String(numbers).padStart(4, '0')}`;
}

/** Begins the numbering anew, so that a seed gives the same month. */
export function resetCases(): void {
  numbers = 5_000;
}

export const FAST_MS = 5 * 60_000;
export const SLOW_MS = 24 * 3_600_000;

export function inTime(answers: readonly WatchedAnswer[]): readonly WatchedAnswer[] {
  return answers.toSorted((one, other) => one.time - other.time);
}
