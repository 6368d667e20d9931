import { isoDate } from '../calendar.ts';
import type { Block, Entry, Marriage, Person } from '../model/block.ts';
import { entryNumbers, officeOf } from '../model/draft.ts';
import { fullName } from '../model/persons/naming.ts';
import { diedInCivilStatus } from '../model/standing.ts';
import type {
  BirthEntry,
  CivilPerson,
  CivilStatusEntry,
  CivilStatusRecord,
  DeathEntry,
  MarriageEntry,
} from '../records.ts';
import { AS_OF } from '../reference.ts';
import { outsideParent } from './outside-parent.ts';

function civilPerson(person: Person): CivilPerson {
  return {
    personalId: person.id,
    fullName: fullName(person.name),
    birthDate: isoDate(person.birth),
    ethnicCode: person.ethnicCode,
  };
}

function entryFields(entry: Entry): CivilStatusEntry {
  return { ...entryNumbers(entry), registrationKind: entry.kind, office: officeOf(entry.office) };
}

/** Parents who have no records are named with the year of birth that late entries guess (modelled). */
function parentFields(person: Person): { mother?: CivilPerson; father?: CivilPerson } {
  if (person.father !== undefined && person.mother !== undefined) {
    return { mother: civilPerson(person.mother), father: civilPerson(person.father) };
  }
  if (person.outsideParents === undefined) return {};
  const birthDate = String(Number(isoDate(person.birth).slice(0, 4)) - 27);
  const outsider = (side: 'mother' | 'father'): CivilPerson => ({
    ...outsideParent(person, side),
    fullName: person.outsideParents?.[side] ?? '',
    birthDate,
    ethnicCode: person.ethnicCode,
  });
  return { mother: outsider('mother'), father: outsider('father') };
}

function birthEntry(block: Block, person: Person, entry: Entry): BirthEntry {
  return {
    ...entryFields(entry),
    child: { ...civilPerson(person), sex: person.sex },
    place: { ...officeOf(block.origin), detail: 'Trạm y tế' },
    ancestralHome: { ...officeOf(person.ancestralHome), detail: '' },
    ...parentFields(person),
  };
}

function marriageEntry(marriage: Marriage): MarriageEntry {
  const { husband, wife, divorcedOn, entry } = marriage;
  const endedByDeath = diedInCivilStatus(husband) || diedInCivilStatus(wife);
  return {
    ...entryFields(entry),
    husband: civilPerson(husband),
    wife: civilPerson(wife),
    state: divorcedOn !== undefined ? 2 : endedByDeath ? 3 : 1,
  };
}

function deathEntry(person: Person): DeathEntry | undefined {
  if (person.death === undefined || !diedInCivilStatus(person)) return undefined;
  return {
    ...entryFields(person.death.entry),
    deceased: civilPerson(person),
    date: isoDate(person.death.day),
    place: 'Tại nhà',
    cause: person.death.cause,
  };
}

/** Civil status is right about names, births and marriages: the origin of what other registers copied. */
export function civilStatusRecord(block: Block, person: Person): CivilStatusRecord {
  const death = deathEntry(person);
  return {
    personalId: person.id,
    ...(person.birthEntry === undefined ? {} : { birth: birthEntry(block, person, person.birthEntry) }),
    marriages: person.marriages.map(marriageEntry),
    ...(death === undefined ? {} : { death }),
    asOf: AS_OF.civilStatus,
  };
}
