import { ageAt, YEAR, type Day } from '../../calendar.ts';
import { hash, Random } from '../../random.ts';
import type { FamilyAct, Marriage, Person } from '../block.ts';
import { enter, TODAY, type Draft } from '../draft.ts';

/** Modelled: the share of births that were registered late together with a recognition by the father (Circular 04/2020/TT-BTP art. 15). */
const RECOGNISED_SHARE = 0.1;
/** Modelled: the share of blocks in which one child was adopted, and of adoptions that ended. */
const ADOPTING_SHARE = 0.45;
const ENDED_SHARE = 0.2;
/** Modelled: the share of blocks in which somebody who is of age now had a guardian as a child. */
const ONCE_GUARDED_SHARE = 0.2;
const SALT = 0x74;

/**
 * The block's guardianships, recognitions and adoptions. They have a random sequence of their own, so that the rest of the
 * country is the same with and without them. Whoever acts is alive on the day, and of an age that the law asks for.
 */
export function enterFamilyActs(draft: Draft): readonly FamilyAct[] {
  const random = new Random(hash(draft.seed, draft.key.prefixIndex, draft.key.index, SALT));
  return [
    ...guardianships(draft, random),
    ...recognitions(draft, random),
    ...(random.chance(ADOPTING_SHARE) ? adoptions(draft, random) : []),
    ...(random.chance(ONCE_GUARDED_SHARE) ? endedGuardianships(draft, random) : []),
  ];
}

function isAlive({ birth, death }: Person, day: Day): boolean {
  return birth < day && (death === undefined || death.day > day);
}

function isRelated(one: Person, other: Person): boolean {
  return (one.line & other.line) !== 0;
}

/** Guardianships in force are those that the population register has too: since an orphan's parents died, or a court restricted them. */
function guardianships({ persons, home }: Draft, random: Random): FamilyAct[] {
  return persons.flatMap((charge): FamilyAct[] => {
    const { guardian } = charge;
    if (guardian === undefined) return [];
    const since = Math.max(
      charge.birth + 90,
      birthday(guardian, 18),
      ...[charge.father, charge.mother].map((parent) => parent?.death?.day ?? -Infinity),
    );
    const day = since + random.below(Math.max(1, TODAY - 10 - since));
    const entry = enter(random, day, 5, 1, home);
    return [{ kind: 'guardianship', charge, elders: [guardian], entry, endedOn: undefined }];
  });
}

/** A guardianship ends when the ward comes of age (Civil Code 91/2015/QH13 art. 62). */
function endedGuardianships({ persons, origin }: Draft, random: Random): FamilyAct[] {
  const charges = persons.filter(({ birth }) => TODAY - birth > 18.1 * YEAR && TODAY - birth < 40 * YEAR);
  if (charges.length === 0) return [];
  const charge = random.pick(charges);
  const endedOn = birthday(charge, 18);
  const day = charge.birth + random.between(2 * 365, 14 * 365);
  const fit = persons.filter(
    (person) =>
      isAlive(person, endedOn) &&
      charge.birth - person.birth > 24 * YEAR &&
      person !== charge.father &&
      person !== charge.mother,
  );
  if (fit.length === 0 || !isAlive(charge, endedOn)) return [];
  const entry = enter(random, day, 5, 1, origin);
  return [{ kind: 'guardianship', charge, elders: [random.pick(fit)], entry, endedOn }];
}

function birthday({ birth }: Person, years: number): Day {
  let day = birth + Math.floor(years * YEAR);
  while (ageAt(birth, day) < years) day += 1;
  return day;
}

/** The father recognised the child on the day of the late registration, where no marriage of the parents could be shown. */
function recognitions({ persons, origin }: Draft, random: Random): FamilyAct[] {
  return persons.flatMap((charge): FamilyAct[] => {
    const { father, birthEntry } = charge;
    if (father === undefined || birthEntry?.kind !== 4 || !random.chance(RECOGNISED_SHARE)) return [];
    const day = birthEntry.registeredOn;
    if (!isAlive(father, day) || !isAlive(charge, day)) return [];
    const entry = enter(random, day, 0, 1, origin);
    return [{ kind: 'recognition', charge, elders: [father], entry, endedOn: undefined }];
  });
}

/**
 * Somebody who is of age now was adopted as a child by a couple of another family, at least 20 years older (Law 52/2010/QH12
 * art. 8 and 14). The entry of birth still names the parents by birth, as the law allows.
 */
function adoptions({ persons, origin }: Draft, random: Random): FamilyAct[] {
  const charges = persons.filter(
    (person) =>
      person.father !== undefined && TODAY - person.birth > 19 * YEAR && TODAY - person.birth < 60 * YEAR,
  );
  if (charges.length === 0) return [];
  const charge = random.pick(charges);
  const day = charge.birth + random.between(300, 12 * 365);
  const couples = persons.flatMap(({ sex, marriages }) => (sex === 2 ? marriages : []));
  const fit = couples.filter((couple) => mayAdopt(couple, charge, day));
  if (fit.length === 0 || !isAlive(charge, day)) return [];
  const { wife, husband } = random.pick(fit);
  const endedOn = random.chance(ENDED_SHARE)
    ? day + random.between(400, Math.max(401, TODAY - day - 400))
    : undefined;
  const entry = enter(random, day, 0, 1, origin);
  return [
    {
      kind: 'adoption',
      charge,
      elders: [wife, husband],
      entry,
      endedOn: endedOn !== undefined && endedOn < TODAY ? endedOn : undefined,
    },
  ];
}

function mayAdopt(couple: Marriage, charge: Person, day: Day): boolean {
  const { husband, wife, divorcedOn } = couple;
  if (couple.day >= day || (divorcedOn !== undefined && divorcedOn <= day)) return false;
  const isInLaw = charge.marriages.some((own) =>
    [own.husband, own.wife].some((one) => wife.children.includes(one) || husband.children.includes(one)),
  );
  return (
    !isInLaw &&
    [husband, wife].every(
      (one) => isAlive(one, day) && charge.birth - one.birth > 20 * YEAR && !isRelated(one, charge),
    )
  );
}
