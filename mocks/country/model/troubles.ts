import { isoDate, YEAR } from '../calendar.ts';
import type { Contradiction, Person } from './block.ts';
import { die } from './persons/deaths.ts';
import { TODAY, type Draft } from './draft.ts';
import { fullName } from './persons/naming.ts';
import { misspell } from './spelling.ts';

function isMarried(person: Person): boolean {
  const last = person.marriages.at(-1);
  return (
    last !== undefined &&
    last.divorcedOn === undefined &&
    last.husband.death === undefined &&
    last.wife.death === undefined
  );
}

/** The population register has not heard of the person's marriage from one of the two. */
function isInUnknownMarriage({ marriages }: Person): boolean {
  return marriages.some(({ husband, wife }) =>
    [husband, wife].some(({ contradictions }) => contradictions.includes('marriage-not-in-population')),
  );
}

/** Somebody who has no contradiction yet; sometimes nobody fits, and the block goes without. */
function someone(draft: Draft, fits: (person: Person) => boolean): Person | undefined {
  const fitting = draft.persons.filter((person) => person.contradictions.length === 0 && fits(person));
  return fitting.length === 0 ? undefined : draft.random.pick(fitting);
}

/** Another day of the same month or another month of the same year, so that the id's year stays right. */
function otherBirthDate(draft: Draft, person: Person): string {
  const [year = '', month = '', date = ''] = isoDate(person.birth).split('-');
  if (Number(date) <= 12 && date !== month) return `${year}-${date}-${month}`;
  const other = 1 + ((Number(date) + draft.random.between(1, 26)) % 28);
  return `${year}-${month}-${String(other === Number(date) ? (other % 28) + 1 : other).padStart(2, '0')}`;
}

/** Living, and with a birth entry that the population register could contradict. */
function isEntered(person: Person): boolean {
  return person.birthEntry !== undefined && person.death === undefined;
}

/**
 * The planted contradictions: for each kind, the persons it can befall and the population register's version.
 */
const PLANT: Readonly<Record<Contradiction, (draft: Draft) => Person | undefined>> = {
  'death-not-in-population': (draft) => plantDeath(draft, 1),
  'death-not-in-civil-status': (draft) => plantDeath(draft, 6),
  'name-spelling'(draft) {
    const person = someone(draft, isEntered);
    if (person !== undefined) person.registeredName = misspell(draft.random, person.name);
    return person;
  },
  'name-upper-case'(draft) {
    const person = someone(draft, isEntered);
    if (person !== undefined) {
      person.registeredName = { surname: '', middle: '', given: fullName(person.name).toUpperCase() };
    }
    return person;
  },
  'birth-year-only'(draft) {
    const person = someone(draft, isEntered);
    if (person !== undefined) person.registeredBirth = isoDate(person.birth).slice(0, 4);
    return person;
  },
  'birth-date'(draft) {
    const person = someone(draft, isEntered);
    if (person !== undefined) person.registeredBirth = otherBirthDate(draft, person);
    return person;
  },
  'marriage-not-in-population': (draft) => someone(draft, isMarried),
};

/** Somebody recently dead whose death only one register has. */
function plantDeath(draft: Draft, withinYears: number): Person | undefined {
  const person = someone(
    draft,
    (candidate) =>
      candidate.death === undefined &&
      !candidate.isProtected &&
      TODAY - candidate.birth > 45 * YEAR &&
      !isInUnknownMarriage(candidate),
  );
  return person !== undefined && die(draft, person, withinYears) ? person : undefined;
}

/** Carries out the block's plan. Now and then protection befalls somebody who has another trouble already. */
export function plantTroubles(draft: Draft): void {
  const { random, persons, plan } = draft;
  for (const kind of plan.contradictions) PLANT[kind](draft)?.contradictions.push(kind);
  for (let left = plan.protectedPersons; left > 0; left -= 1) {
    const contradicted = persons.filter((person) => person.contradictions.length > 0);
    const among = contradicted.length > 0 && random.chance(0.15) ? contradicted : persons;
    random.pick(among).isProtected = true;
  }
}
