import { isoDate } from '../calendar.ts';
import type { Circle, Entry, Marriage, Person } from '../model/block.ts';
import { addressIn, officeOf } from '../model/draft.ts';
import { diedInCivilStatus } from '../model/standing.ts';
import type {
  BirthEntry,
  CivilParent,
  CivilStatusRecord,
  DeathEntry,
  MarriageEntry,
} from '../civil-status-records.ts';
import { AS_OF } from '../reference.ts';
import { birthCertificate, deathNotice, drawOf, timeOfDeath } from './civil-status-papers.ts';
import { civilPerson, entryFields } from './civil-status-entry.ts';
import { changesOf, divorceEntry, familyEntries } from './civil-status-acts.ts';
import { outsideParent } from './outside-parent.ts';

/** Modelled: the day since which parents have been identified by the personal id on their card. */
const IDENTIFIED_BY_CARD_SINCE = '2021-01-01';
/** Modelled: one parent in so many lived elsewhere than where their permanent residence was. */
const TEMPORARY_SHARE = 20;

function parent(entry: Entry, child: Person, person: Person): CivilParent {
  const isByCard = isoDate(entry.registeredOn) >= IDENTIFIED_BY_CARD_SINCE;
  return {
    ...civilPerson(person),
    residence: addressIn(child.native.origin, ''),
    residenceKind: drawOf(person.id, entry.number) % TEMPORARY_SHARE === 0 ? 2 : 1,
    ...(isByCard ? { document: { kind: 4, number: person.id } } : {}),
  };
}

/** Parents who have no records are named with the year of birth that late entries guess (modelled). */
function parentFields(person: Person, entry: Entry): { mother?: CivilParent; father?: CivilParent } {
  if (person.father !== undefined && person.mother !== undefined) {
    return { mother: parent(entry, person, person.mother), father: parent(entry, person, person.father) };
  }
  if (person.outsideParents === undefined) return {};
  const birthDate = String(Number(isoDate(person.birth).slice(0, 4)) - 27);
  const outsider = (side: 'mother' | 'father'): CivilParent => ({
    ...outsideParent(person, side),
    fullName: person.outsideParents?.[side] ?? '',
    birthDate,
    ethnicCode: person.ethnicCode,
    residence: addressIn(person.native.origin, ''),
    residenceKind: 1,
  });
  return { mother: outsider('mother'), father: outsider('father') };
}

function birthEntry(person: Person, entry: Entry): BirthEntry {
  const parents = parentFields(person, entry);
  return {
    ...entryFields(entry),
    child: { ...civilPerson(person), sex: person.sex },
    place: { ...officeOf(person.native.origin), detail: 'Trạm y tế' },
    ancestralHome: { ...officeOf(person.ancestralHome), detail: '' },
    birthKind: parents.mother === undefined ? 4 : 1,
    ...birthCertificate(person, entry),
    ...parents,
  };
}

function marriageEntry(marriage: Marriage): MarriageEntry {
  const { husband, wife, divorcedOn, entry } = marriage;
  const deaths = [husband, wife].flatMap((one) => (diedInCivilStatus(one) ? (one.death?.day ?? []) : []));
  const ended = divorcedOn ?? (deaths.length > 0 ? Math.min(...deaths) : undefined);
  return {
    ...entryFields(entry),
    husband: civilPerson(husband),
    wife: civilPerson(wife),
    state: divorcedOn !== undefined ? 2 : ended === undefined ? 1 : 3,
    ...(ended === undefined ? {} : { endedOn: isoDate(ended) }),
  };
}

function deathEntry(person: Person): DeathEntry | undefined {
  const { death } = person;
  if (death === undefined || !diedInCivilStatus(person)) return undefined;
  return {
    ...entryFields(death.entry),
    deceased: civilPerson(person),
    date: isoDate(death.day),
    time: timeOfDeath(person),
    place: 'Tại nhà',
    cause: death.cause,
    notice: deathNotice(person, death),
  };
}

/** Civil status is right about names, births and marriages: the origin of what other registers copied. */
export function civilStatusRecord(circle: Circle, person: Person): CivilStatusRecord {
  const death = deathEntry(person);
  return {
    personalId: person.id,
    ...(person.birthEntry === undefined ? {} : { birth: birthEntry(person, person.birthEntry) }),
    marriages: person.marriages.map(marriageEntry),
    divorces: person.marriages.flatMap((marriage) => divorceEntry(marriage) ?? []),
    changes: changesOf(person),
    ...familyEntries(circle, person),
    ...(death === undefined ? {} : { death }),
    asOf: AS_OF.civilStatus,
  };
}
