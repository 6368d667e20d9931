import { isPerson, type Business, type Circle, type Person } from './model/block.ts';
import { namesOutsider } from './model/outsiders.ts';
import { isMinor } from './model/standing.ts';

/** The longest list that the gateway gives without `first`; who has more is no plain case. */
const LONGEST_LIST = 100;

function isTroubled(person: Person): boolean {
  return (
    person.death !== undefined ||
    person.isProtected ||
    person.contradictions.length > 0 ||
    person.guardian !== undefined ||
    namesOutsider(person) ||
    person.businesses.length > LONGEST_LIST ||
    person.parcels.length > LONGEST_LIST
  );
}

function* peopleOf(business: Business): Generator<Person> {
  for (const { person } of business.representatives) yield person;
  for (const { party } of business.members) {
    if (isPerson(party)) yield party;
    else yield* peopleOf(party);
  }
}

/** The persons whom a query about the person also shows. */
function* around({ familyActs }: Circle, person: Person): Generator<Person> {
  yield person;
  for (const parent of [person.father, person.mother]) if (parent !== undefined) yield parent;
  for (const member of person.household?.members ?? []) yield member.person;
  for (const marriage of person.marriages) {
    yield marriage.husband;
    yield marriage.wife;
  }
  for (const { charge, elders } of familyActs) {
    if (charge !== person && !elders.includes(person)) continue;
    yield charge;
    yield* elders;
  }
  for (const business of person.businesses) yield* peopleOf(business);
  for (const parcel of person.parcels) {
    for (const { party } of parcel.holders) {
      if (isPerson(party)) yield party;
    }
  }
}

/**
 * Tells whether the person is a living adult with parents and company, all without trouble, and the spouse
 * likewise.
 */
export function isClean(circle: Circle, person: Person): boolean {
  if (isTroubled(person) || isMinor(person) || person.birthEntry === undefined) return false;
  if (person.father === undefined || person.mother === undefined) return false;
  if ((person.household?.members.length ?? 0) < 2) return false;
  const isPlain = circle.blocks.every(({ plan }) => plan.hubBusinesses <= LONGEST_LIST);
  if (!circle.troubled && isPlain) return true;
  const centres = [person, ...person.marriages.flatMap(({ husband, wife }) => [husband, wife])];
  return centres.every((centre) => !around(circle, centre).some(isTroubled));
}
