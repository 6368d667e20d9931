import { isoDate } from '../calendar.ts';
import { officeOf } from '../model/draft.ts';
import type { Household, Person } from '../model/block.ts';
import { fullName, type Name } from '../model/persons/naming.ts';
import { livesInPopulation, registeredSpouseOf } from '../model/standing.ts';
import type { Block } from '../model/block.ts';
import type { HouseholdRecord, PersonReference, PopulationRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';

/** The name that the population register has. */
function populationName(person: Person): Name {
  return person.registeredName ?? person.name;
}

/** The name as one text; the whole name may stand in the given name. */
export function populationFullName(person: Person): string {
  const name = populationName(person);
  return name.surname === '' ? name.given : fullName(name);
}

function reference(person: Person): PersonReference {
  return { personalId: person.id, fullName: populationFullName(person) };
}

function parent(
  person: Person,
  side: 'father' | 'mother',
): { father?: PersonReference; mother?: PersonReference } {
  const known = person[side];
  if (known !== undefined) return { [side]: reference(known) };
  const name = person.outsideParents?.[side];
  return name === undefined ? {} : { [side]: { fullName: name } };
}

/** Modelled: one person in 97 has a second nationality. */
function nationalitiesOf({ id }: Person): readonly string[] {
  const serial = Number(id.slice(-6));
  return serial % 97 === 0
    ? ['VN', SECOND_NATIONALITIES[serial % SECOND_NATIONALITIES.length] ?? 'US']
    : ['VN'];
}

const SECOND_NATIONALITIES = ['US', 'FR', 'DE', 'AU', 'CA', 'KR', 'JP', 'CZ'];

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
  const lives = livesInPopulation(person);
  const head = person.household?.members[0]?.person;
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
    birthRegistrationPlace: officeOf(block.origin),
    ancestralHome: { ...officeOf(person.ancestralHome), detail: '' },
    permanentResidence: person.residence,
    currentResidence: person.currentResidence,
    ...parent(person, 'father'),
    ...parent(person, 'mother'),
    ...(spouse === undefined ? {} : { spouse: reference(spouse) }),
    ...(person.household === undefined ? {} : { residenceFileNo: person.household.fileNo }),
    ...(head === undefined || relation === undefined
      ? {}
      : { head: { relation, personalId: head.id, fullName: populationFullName(head) } }),
    ...(lives || person.death === undefined ? {} : { deathDate: isoDate(person.death.day) }),
    isProtected: person.isProtected,
    asOf: AS_OF.population,
  };
}

export function householdRecord(household: Household): HouseholdRecord {
  return {
    residenceFileNo: household.fileNo,
    address: household.address,
    members: household.members.map(({ person, relation }) => ({
      personalId: person.id,
      fullName: populationFullName(person),
      relationToHead: relation,
    })),
    asOf: AS_OF.population,
  };
}
