import type {
  AdoptionEntry,
  BirthEntry,
  ChangeEntry,
  CivilParent,
  CivilPerson,
  CivilStatusEntry,
  CivilStatusRecord,
  DeathEntry,
  DivorceEntry,
  GuardianshipEntry,
  MarriageEntry,
  RecognitionEntry,
} from '../../mocks/country/civil-status-records.ts';
import type { Thing } from './country-view.ts';

/** What the view of the country lends to that of its civil-status books. */
export interface ViewParts {
  thing(subject: string, fields: Thing['fields'], record?: object): Thing;
  linked(id: string | undefined): Thing | null;
  ethnicGroup(code: string): string | undefined;
  printed(address: CivilStatusEntry['office']): string;
  /** `person 0010...`, or `unidentified` with the key of the carrier. */
  partySubject(personalId: string | undefined, carrier: string): string;
}

type Fields = Thing['fields'];
type Named = CivilParent & {
  readonly sex?: 1 | 2 | 3;
  readonly ancestralHome?: CivilStatusEntry['office'];
  readonly nationality?: string;
};

const REGISTRATIONS = ['ON_TIME', 'AGAIN', 'RECORDED_FROM_ABROAD', 'LATE'];
const BIRTHS = ['BOTH_PARENTS', 'MOTHER_UNKNOWN', 'FATHER_UNKNOWN', 'BOTH_UNKNOWN', 'ABANDONED'];
const SEXES = ['MALE', 'FEMALE', 'UNDETERMINED'];
const RESIDENCES = ['PERMANENT', 'TEMPORARY'];
const DOCUMENTS = ['OLD_IDENTITY_CARD', 'PASSPORT', 'PERMANENT_RESIDENCE_CARD', 'IDENTITY_CARD'];
const STATES = ['IN_FORCE', 'DIVORCED', 'ENDED_BY_DEATH', 'ANNULLED'];
const DIVORCES = ['DIVORCE', 'ANNULMENT', 'DIVORCE_ABROAD'];
const CHANGES = 'CHANGE,CORRECTION,SUPPLEMENT,ETHNICITY,SEX,NATIONALITY,CAPACITY,MISSING'.split(',');
const RECOGNITIONS = ['PARENT_RECOGNISES_CHILD', 'CHILD_RECOGNISES_PARENT'];
const NOTICES =
  'DEATH_NOTICE,EXECUTION_RECORD,COURT_DECISION,POLICE_CONFIRMATION,FORENSIC_REPORT,COMMUNE_CONFIRMATION,WITNESS'.split(
    ',',
  );

/** A person's fields of the civil-status books, mapped a second time without a look at src/. */
export function viewCivilStatus(parts: ViewParts, events: CivilStatusRecord | undefined, id: string): Fields {
  const subject = `person ${id}`;
  const { thing, linked, printed } = parts;

  const entry = (one: CivilStatusEntry, fields: Fields): Thing =>
    thing(
      subject,
      {
        office: () => printed(one.office),
        registrationKind: () => REGISTRATIONS[one.registrationKind - 1],
        ...fields,
      },
      one,
    );

  function recorded(one: Named | undefined): Thing | null {
    if (one === undefined) return null;
    const about = parts.partySubject(one.personalId, subject);
    return thing(about, {
      name: () => one.fullName,
      birthDate: () => one.birthDate,
      sex: () => (one.sex === undefined ? null : SEXES[one.sex - 1]),
      ancestralHome: () => (one.ancestralHome === undefined ? null : printed(one.ancestralHome)),
      ethnicity: () => (one.ethnicCode === '' ? null : parts.ethnicGroup(one.ethnicCode)),
      nationalities: () => (one.nationality === undefined ? null : [one.nationality]),
      residence: () => (one.residence === undefined ? null : printed(one.residence)),
      residenceKind: () => (one.residenceKind === undefined ? null : RESIDENCES[one.residenceKind - 1]),
      idDocument: () => idDocument(one, about),
      person: () => linked(one.personalId),
    });
  }

  /** Another document may stand in the place of the id: nine digits are an old identity card, else it is a passport. */
  function idDocument({ document, documentNo, personalId }: Named, about: string): Thing | null {
    if (document !== undefined) {
      return thing(about, { kind: () => DOCUMENTS[document.kind - 1], number: () => document.number });
    }
    if (documentNo === undefined || personalId !== undefined) return null;
    return thing(about, {
      kind: () => DOCUMENTS[documentNo.length === 9 ? 0 : 1],
      number: () => documentNo,
    });
  }

  function birth(one: BirthEntry | undefined): Thing | null {
    if (!one) return null;
    const { child, ancestralHome, medicalCertificate: paper, birthKind } = one;
    return entry(one, {
      child: () => recorded({ ...child, ancestralHome, nationality: 'VN' }),
      recordedMother: () => recorded(one.mother),
      recordedFather: () => recorded(one.father),
      place: () => printed(one.place),
      placeUnitCode: () => one.place.communeCode,
      birthKind: () => (birthKind === undefined ? null : BIRTHS[birthKind - 1]),
      medicalCertificate: () => (paper === undefined ? null : thing(subject, {}, paper)),
      mother: () => linked(one.mother?.personalId),
      father: () => linked(one.father?.personalId),
    });
  }

  const otherOf = ({ husband, wife }: { husband: CivilPerson; wife: CivilPerson }): CivilPerson =>
    husband.personalId === id ? wife : husband;

  const marriage = (one: MarriageEntry): Thing =>
    entry(one, {
      husband: () => recorded(one.husband),
      wife: () => recorded(one.wife),
      spouse: () => linked(otherOf(one).personalId),
      state: () => STATES[one.state - 1],
      endedOn: () => one.endedOn ?? null,
    });

  const divorce = (one: DivorceEntry): Thing =>
    entry(one, { kind: () => DIVORCES[one.kind - 1], formerSpouse: () => recorded(otherOf(one)) });

  const change = (one: ChangeEntry): Thing =>
    entry(one, { kind: () => CHANGES[one.kind - 1], oldValue: () => one.oldValue ?? null });

  const guardianship = (one: GuardianshipEntry): Thing =>
    entry(one, {
      guardian: () => recorded(one.guardian),
      ward: () => recorded(one.ward),
      endedOn: () => one.endedOn ?? null,
    });

  const recognition = (one: RecognitionEntry): Thing =>
    entry(one, {
      kind: () => RECOGNITIONS[one.kind - 1],
      parent: () => recorded(one.parent),
      child: () => recorded(one.child),
    });

  const adoption = (one: AdoptionEntry): Thing =>
    entry(one, {
      child: () => recorded(one.child),
      adoptiveMother: () => recorded(one.adoptiveMother),
      adoptiveFather: () => recorded(one.adoptiveFather),
      endedOn: () => one.endedOn ?? null,
    });

  function death(one: DeathEntry | undefined): Thing | null {
    if (!one) return null;
    const { notice } = one;
    return entry(one, {
      // An entry of death has no ethnic group.
      deceased: () => recorded({ ...one.deceased, ethnicCode: '' }),
      time: () => one.time ?? null,
      notice: () =>
        notice === undefined
          ? null
          : thing(subject, { kind: () => NOTICES[notice.kind - 1], code: () => notice.code ?? null }, notice),
    });
  }

  return {
    birth: () => birth(events?.birth),
    marriages: () => (events?.marriages ?? []).map(marriage),
    divorces: () => (events?.divorces ?? []).map(divorce),
    civilStatusChanges: () => (events?.changes ?? []).map(change),
    guardianships: () => (events?.guardianships ?? []).map(guardianship),
    recognitions: () => (events?.recognitions ?? []).map(recognition),
    adoptions: () => (events?.adoptions ?? []).map(adoption),
    death: () => death(events?.death),
  };
}
