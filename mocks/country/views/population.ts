import { isoDate } from '../calendar.ts';
import type { Household, Person } from '../model/block.ts';
import { fullName, type Name } from '../model/persons/naming.ts';
import { livesInPopulation, registeredSpouseOf } from '../model/standing.ts';
import type { Block } from '../model/block.ts';
import type { HouseholdRecord, PersonReference, PopulationRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';
import { idCardsOf, oldIdNumbersOf } from './citizen/identity-papers.ts';
import { missingSinceOf, nationalitiesOf, particularsOf } from './citizen/particulars.ts';
import { absenceOf, registeredHome, registeredPlaces, residencesOf } from './citizen/residences.ts';
import { outsiderReference } from './outsider-reference.ts';
import { outsideParent } from './outside-parent.ts';

/** The name that the population register has. */
function populationName(person: Person): Name {
  return person.registeredName ?? person.name;
}

/** The name as one text; the whole name may stand in the given name. */
export function populationFullName(person: Person): string {
  const name = populationName(person);
  return name.surname === '' ? name.given : fullName(name);
}

/**
 * The date of death as the register has it. Modelled: of one death in four only the year was transferred, of another one in
 * four only the month, unless the death is a planted contradiction.
 */
export function registeredDeath(person: Person): string | undefined {
  if (person.death === undefined || livesInPopulation(person)) return undefined;
  const date = isoDate(person.death.day);
  if (person.contradictions.length > 0) return date;
  return date.slice(0, DEATH_DATE_LENGTHS[Number(person.id.slice(-6)) % DEATH_DATE_LENGTHS.length]);
}

const DEATH_DATE_LENGTHS = ['yyyy'.length, 'yyyy-mm'.length, 'yyyy-mm-dd'.length, 'yyyy-mm-dd'.length];

function namedPerson(person: Person): PersonReference {
  const [oldIdNumber] = oldIdNumbersOf(person);
  return {
    personalId: person.id,
    fullName: populationFullName(person),
    ...(oldIdNumber === undefined ? {} : { oldIdNumber }),
  };
}

function reference(person: Person): PersonReference {
  return { ...namedPerson(person), nationalities: nationalitiesOf(person) };
}

function parent(
  person: Person,
  side: 'father' | 'mother',
): { father?: PersonReference; mother?: PersonReference } {
  const known = person[side];
  if (known !== undefined) return { [side]: reference(known) };
  const outside = outsideParent(person, side);
  return outside === undefined ? {} : { [side]: outside };
}

/** The marital status as the register sees it: single where the register has not heard of the marriage. */
function marital(person: Person): { code: 1 | 2 | 3; spouse: Person | undefined } {
  if (person.contradictions.includes('marriage-not-in-population')) {
    return { code: person.marriages.length > 1 ? 3 : 1, spouse: undefined };
  }
  const spouse = registeredSpouseOf(person);
  if (spouse !== undefined) return { code: 2, spouse };
  const last = person.marriages.at(-1);
  const diedMarried = !livesInPopulation(person) && last !== undefined && last.divorcedOn === undefined;
  const survivor = last?.husband === person ? last.wife : last?.husband;
  const diedFirst =
    diedMarried && (survivor?.death === undefined || survivor.death.day > (person.death?.day ?? 0));
  return { code: last === undefined ? 1 : diedFirst ? 2 : 3, spouse: undefined };
}

export function populationRecord(block: Block, person: Person): PopulationRecord {
  const { code, spouse } = marital(person);
  const deathDate = registeredDeath(person);
  const head = person.household?.members[0]?.person;
  const absence = absenceOf(person);
  const missingSince = missingSinceOf(person);
  const relation = person.household?.members.find((member) => member.person === person)?.relation;
  return {
    personalId: person.id,
    ...populationName(person),
    birthDate: person.registeredBirth ?? isoDate(person.birth),
    sex: person.sex,
    ethnicCode: person.ethnicCode,
    religionCode: person.religionCode,
    maritalCode: code,
    bloodTypeCode: person.bloodTypeCode,
    nationalities: nationalitiesOf(person),
    oldIdNumbers: oldIdNumbersOf(person),
    idCards: idCardsOf(person),
    ...registeredPlaces(person),
    ...residencesOf(person),
    ...(absence === undefined ? {} : { absence }),
    ...parent(person, 'father'),
    ...parent(person, 'mother'),
    ...(spouse === undefined ? {} : { spouse: reference(spouse) }),
    ...(person.guardian === undefined ? {} : { guardian: reference(person.guardian) }),
    children: person.children.map(reference),
    represented: block.persons.filter(({ guardian }) => guardian === person).map(reference),
    ...(person.household === undefined ? {} : { residenceFileNo: person.household.fileNo }),
    ...(head === undefined || relation === undefined
      ? {}
      : { head: { relation, personalId: head.id, fullName: populationFullName(head) } }),
    ...(deathDate === undefined ? {} : { deathDate }),
    ...(missingSince === undefined ? {} : { missingSince }),
    ...particularsOf(person),
    isProtected: person.isProtected,
    asOf: AS_OF.population,
  };
}

export function householdRecord(household: Household): HouseholdRecord {
  return {
    residenceFileNo: household.fileNo,
    address: registeredHome(household.address),
    members: [
      ...household.members.map(({ person, relation }) => ({
        ...namedPerson(person),
        relationToHead: relation,
      })),
      ...household.outsiders.map((outsider) => ({
        ...outsiderReference(outsider),
        relationToHead: 'Ở nhờ',
      })),
    ],
    asOf: AS_OF.population,
  };
}
