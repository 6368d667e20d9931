import { YEAR, type Day } from '../../calendar.ts';
import { addFounder, bearChildren } from './births.ts';
import type { Person } from '../block.ts';
import { enter, TODAY, type Draft } from '../draft.ts';

const DIVORCED_SHARE = 0.07;

function isFree(person: Person, day: Day): boolean {
  const last = person.marriages.at(-1);
  return last === undefined || (last.divorcedOn !== undefined && last.divorcedOn < day);
}

function marry(draft: Draft, husband: Person, wife: Person, day: Day, mayDivorce: boolean): void {
  const { random, home, origin } = draft;
  const office = TODAY - day < 12 * YEAR ? home : origin;
  const lasting = TODAY - day - 3 * YEAR;
  const divorcedOn =
    mayDivorce && lasting > 0 && random.chance(DIVORCED_SHARE)
      ? day + 3 * YEAR + random.below(lasting)
      : undefined;
  const marriage = {
    husband,
    wife,
    day,
    divorcedOn: divorcedOn === undefined ? undefined : Math.floor(divorcedOn),
    entry: enter(random, day, 0, 1, office),
  };
  husband.marriages.push(marriage);
  wife.marriages.push(marriage);
  bearChildren(draft, husband, wife, day, divorcedOn ?? Infinity);
}

/** The day two free persons of different families marry; undefined where they don't. */
function weddingDay(man: Person, woman: Person): Day | undefined {
  if ((man.line & woman.line) !== 0) return undefined;
  const older = woman.birth - man.birth;
  if (older < -5 * YEAR || older > 13 * YEAR) return undefined;
  const ready = Math.max(man.marriesAt, woman.marriesAt);
  const freed = Math.max(
    man.marriages.at(-1)?.divorcedOn ?? -Infinity,
    woman.marriages.at(-1)?.divorcedOn ?? -Infinity,
  );
  const day = Math.max(ready, freed + 400);
  return day < TODAY - 20 && isFree(man, day) && isFree(woman, day) ? day : undefined;
}

/** Each man in order of age and the woman whose age fits best: most husbands are one to four years older. */
function matchCouples(draft: Draft): void {
  const unmarried = draft.persons
    .filter((person) => person.marriesAt < TODAY && isFree(person, TODAY))
    .sort((a, b) => a.birth - b.birth || a.index - b.index);
  const women = unmarried.filter((person) => person.sex === 2);
  for (const man of unmarried) {
    if (man.sex !== 1) continue;
    const fit = (woman: Person): number => Math.abs(woman.birth - man.birth - 2.4 * YEAR);
    let bride: Person | undefined;
    for (const woman of women) {
      if ((bride === undefined || fit(woman) < fit(bride)) && weddingDay(man, woman) !== undefined)
        bride = woman;
    }
    const day = bride === undefined ? undefined : weddingDay(man, bride);
    if (bride === undefined || day === undefined) continue;
    marry(draft, man, bride, day, true);
  }
}

/** Founding couples of a neighbourhood's age, their children, who marry across families, and so on. */
export function growFamilies(draft: Draft): void {
  const { random } = draft;
  const couples = random.between(9, 12);
  const age = random.between(40, 76);
  for (let couple = 0; couple < couples; couple += 1) {
    const wifeAge = Math.min(88, Math.max(38, random.around(age, 5)));
    const wifeBirth = Math.floor(TODAY - wifeAge * YEAR);
    const husband = addFounder(draft, 1, Math.floor(wifeBirth - random.around(2.4, 2) * YEAR), 1 << couple);
    if (husband === undefined) continue;
    const wife = addFounder(draft, 2, wifeBirth, 1 << couple, husband);
    if (wife === undefined) continue;
    const wed = wifeBirth + random.around(22.5, 2) * YEAR;
    marry(
      draft,
      husband,
      wife,
      Math.floor(Math.max(wed, husband.birth + 20.1 * YEAR, wifeBirth + 18.1 * YEAR)),
      false,
    );
  }
  for (let generation = 0; generation < 3; generation += 1) matchCouples(draft);
}
