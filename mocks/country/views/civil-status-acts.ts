import { findProvince } from '../../../src/units/provinces.ts';
import { isoDate, yearOf, type Day } from '../calendar.ts';
import type { Circle, Entry, FamilyAct, Marriage, Person } from '../model/block.ts';
import { addressIn, TODAY } from '../model/draft.ts';
import { fullName, type Name } from '../model/persons/naming.ts';
import { misspell } from '../model/spelling.ts';
import { Random } from '../random.ts';
import type {
  AdoptionEntry,
  ChangeEntry,
  CivilStatusRecord,
  DivorceEntry,
  GuardianshipEntry,
  RecognitionEntry,
} from '../civil-status-records.ts';
import { civilPerson, entryFields } from './civil-status-entry.ts';
import { drawOf } from './civil-status-papers.ts';

const SALTS = { divorce: 0x91, change: 0x92 } as const;
/** Modelled: one divorce in so many was decided abroad. */
const ABROAD_SHARE = 40;
/** Modelled: one registered birth in so many was changed, corrected or supplemented. */
const CHANGED_SHARE = 24;

/** The judgment that ended a marriage: decided a month before it took effect, and noted in the book within weeks (modelled). */
export function divorceEntry({ husband, wife, divorcedOn, entry }: Marriage): DivorceEntry | undefined {
  if (divorcedOn === undefined) return undefined;
  const draw = drawOf(wife.id, SALTS.divorce);
  const isAbroad = draw % ABROAD_SHARE === 0;
  const decidedOn = divorcedOn - 30;
  const province = findProvince(entry.office.provinceCode)?.name ?? '';
  return {
    ...entryFields(entryFrom(draw, divorcedOn + 7 + (draw % 21), entry.office)),
    husband: civilPerson(husband),
    wife: civilPerson(wife),
    kind: isAbroad ? 3 : 1,
    decisionNo: `${(draw % 400) + 1}/${yearOf(decidedOn)}/${isAbroad ? 'GCN' : 'QĐST-HNGĐ'}`,
    decidedOn: isoDate(decidedOn),
    decidedBy: isAbroad ? 'Tòa án nước ngoài' : `Tòa án nhân dân, ${province}`,
    effectiveOn: isoDate(divorcedOn),
  };
}

function entryFrom(draw: number, day: Day, office: Entry['office']): Entry {
  return {
    number: (draw % 480) + 1,
    book: (draw % 3) + 1,
    registeredOn: Math.min(TODAY, day),
    kind: 1,
    office,
  };
}

/** The entry of birth already shows the new value: the change is noted in it (Law 60/2014/QH13 art. 28). */
export function changesOf(person: Person): ChangeEntry[] {
  const { birthEntry, death, ancestralHome } = person;
  const draw = drawOf(person.id, SALTS.change);
  if (birthEntry === undefined || draw % CHANGED_SHARE !== 0) return [];
  const from = birthEntry.registeredOn + 200;
  const until = (death?.day ?? TODAY) - 5;
  if (from >= until) return [];
  const base = {
    ...entryFields(entryFrom(draw, from + (draw % (until - from)), person.native.origin)),
    person: civilPerson(person),
  };
  const newValue = fullName(person.name);
  switch (Math.floor(draw / CHANGED_SHARE) % 3) {
    case 0: {
      const home = addressIn(ancestralHome, '');
      const value = `${home.communeName}, ${home.provinceName}`;
      return [
        { ...base, kind: 3, changedItem: 'Quê quán', newValue: value, reason: 'Sổ gốc chưa ghi quê quán' },
      ];
    }
    case 1: {
      const oldValue = fullName(misspell(new Random(draw), person.name));
      return [
        {
          ...base,
          kind: 2,
          changedItem: 'Họ, chữ đệm, tên',
          oldValue,
          newValue,
          reason: 'Sai sót khi ghi sổ',
        },
      ];
    }
    default: {
      const oldValue = fullName(nameBefore(person.name));
      return [
        {
          ...base,
          kind: 1,
          changedItem: 'Chữ đệm',
          oldValue,
          newValue,
          reason: 'Theo nguyện vọng, có căn cứ',
        },
      ];
    }
  }
}

/** Modelled: the middle name was added, or replaced the one that was the rule. */
function nameBefore(name: Name): Name {
  return { ...name, middle: name.middle === '' ? 'Văn' : '' };
}

type FamilyEntries = Pick<CivilStatusRecord, 'guardianships' | 'recognitions' | 'adoptions'>;

/** The guardianships, recognitions and adoptions in which the person stands, on either side, in order of registration. */
export function familyEntries({ familyActs }: Circle, person: Person): FamilyEntries {
  const own = familyActs
    .filter(({ charge, elders }) => charge === person || elders.includes(person))
    .toSorted((one, other) => one.entry.registeredOn - other.entry.registeredOn);
  const ofKind = <T>(kind: FamilyAct['kind'], write: (act: FamilyAct) => T): T[] =>
    own.filter((act) => act.kind === kind).map(write);
  return {
    guardianships: ofKind('guardianship', guardianshipEntry),
    recognitions: ofKind('recognition', recognitionEntry),
    adoptions: ofKind('adoption', adoptionEntry),
  };
}

function endOf({ endedOn }: FamilyAct): { endedOn?: string } {
  return endedOn === undefined ? {} : { endedOn: isoDate(endedOn) };
}

function guardianshipEntry(act: FamilyAct): GuardianshipEntry {
  const { charge, elders, entry } = act;
  const isOrphan = charge.father?.death !== undefined && charge.mother?.death !== undefined;
  return {
    ...entryFields(entry),
    guardian: civilPerson(firstOf(elders)),
    ward: civilPerson(charge),
    reason: isOrphan ? 'Mồ côi cả cha và mẹ' : 'Cha, mẹ bị hạn chế quyền',
    ...endOf(act),
  };
}

function recognitionEntry({ charge, elders, entry }: FamilyAct): RecognitionEntry {
  const isOfAge = entry.registeredOn - charge.birth > 18 * 365.25;
  return {
    ...entryFields(entry),
    kind: isOfAge ? 2 : 1,
    parent: civilPerson(firstOf(elders)),
    child: civilPerson(charge),
  };
}

function adoptionEntry(act: FamilyAct): AdoptionEntry {
  const mother = act.elders.find(({ sex }) => sex === 2);
  const father = act.elders.find(({ sex }) => sex === 1);
  return {
    ...entryFields(act.entry),
    child: civilPerson(act.charge),
    ...(mother === undefined ? {} : { adoptiveMother: civilPerson(mother) }),
    ...(father === undefined ? {} : { adoptiveFather: civilPerson(father) }),
    ...endOf(act),
  };
}

function firstOf([first]: readonly Person[]): Person {
  if (first === undefined) throw new Error('an act of nobody');
  return first;
}
