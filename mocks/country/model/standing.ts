import { ageAt } from '../calendar.ts';
import type { Marriage, Person } from './block.ts';
import { TODAY } from './draft.ts';

/** Age at the country's reference date. */
export function isMinor(person: Person): boolean {
  return person.death === undefined && ageAt(person.birth, TODAY) < 18;
}

/** Tells whether the population register still counts the person as living. */
export function livesInPopulation(person: Person): boolean {
  return person.death === undefined || person.contradictions.includes('death-not-in-population');
}

/** Tells whether civil status has the death. */
export function diedInCivilStatus(person: Person): boolean {
  return person.death !== undefined && !person.contradictions.includes('death-not-in-civil-status');
}

function other(marriage: Marriage, person: Person): Person {
  return marriage.husband === person ? marriage.wife : marriage.husband;
}

/** The true spouse of today. */
export function spouseOf(person: Person): Person | undefined {
  const last = person.marriages.at(-1);
  if (last === undefined || last.divorcedOn !== undefined || person.death !== undefined) return undefined;
  const spouse = other(last, person);
  return spouse.death === undefined ? spouse : undefined;
}

/** The couple as the population register sees it, before the contradiction of a single person. */
export function registeredSpouseOf(person: Person): Person | undefined {
  const last = person.marriages.at(-1);
  if (last === undefined || last.divorcedOn !== undefined || !livesInPopulation(person)) return undefined;
  const spouse = other(last, person);
  return livesInPopulation(spouse) ? spouse : undefined;
}
