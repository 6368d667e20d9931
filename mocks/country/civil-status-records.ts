import type { Address, PartialDate, PersonReference } from './records.ts';

/** The fields that every civil-status entry has (REGISTERS.md, Civil status). */
export interface CivilStatusEntry {
  readonly entryNo: string;
  readonly bookNo: string;
  readonly pageNo: string;
  readonly registeredOn: string;
  /** 1 on time, 2 again, 3 recorded from abroad, 4 late. */
  readonly registrationKind: 1 | 2 | 3 | 4;
  readonly office: Address;
}

export interface CivilPerson extends PersonReference {
  readonly birthDate: PartialDate;
  readonly ethnicCode: string;
}

/** A parent in an entry of birth, with what identified them then. */
export interface CivilParent extends CivilPerson {
  readonly residence?: Address;
  /** 1 permanent, 2 temporary. */
  readonly residenceKind?: 1 | 2;
  /** `kind`: 1 identity card of before, 2 passport, 4 identity card. */
  readonly document?: { readonly kind: 1 | 2 | 4; readonly number: string };
}

export interface BirthEntry extends CivilStatusEntry {
  readonly child: CivilPerson & { readonly sex: 1 | 2 | 3 };
  readonly place: Address;
  readonly ancestralHome: Address;
  /** 1 both parents, 2 mother unknown, 3 father unknown, 4 both unknown, 5 abandoned. */
  readonly birthKind?: 1 | 2 | 3 | 4 | 5;
  readonly medicalCertificate?: { readonly code: string; readonly issuedOn: string };
  readonly mother?: CivilParent;
  readonly father?: CivilParent;
}

export interface MarriageEntry extends CivilStatusEntry {
  readonly husband: CivilPerson;
  readonly wife: CivilPerson;
  /** 1 in force, 2 divorced, 3 ended by death, 4 annulled (modelled). */
  readonly state: 1 | 2 | 3 | 4;
  readonly endedOn?: string;
}

/** A judgment or decision on a marriage, as the books record it (modelled). */
export interface DivorceEntry extends CivilStatusEntry {
  readonly husband: CivilPerson;
  readonly wife: CivilPerson;
  /** 1 divorce, 2 annulment, 3 divorce abroad. */
  readonly kind: 1 | 2 | 3;
  readonly decisionNo: string;
  readonly decidedOn: string;
  readonly decidedBy: string;
  readonly effectiveOn: string;
}

/** A change, correction or supplement of an entry (fields modelled). */
export interface ChangeEntry extends CivilStatusEntry {
  readonly person: CivilPerson;
  /** 1 change, 2 correction, 3 supplement, 4 ethnicity, 5 sex, 6 nationality, 7 capacity, 8 missing. */
  readonly kind: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  readonly changedItem: string;
  readonly oldValue?: string;
  readonly newValue: string;
  readonly reason: string;
}

/** Fields modelled. */
export interface GuardianshipEntry extends CivilStatusEntry {
  readonly guardian: CivilPerson;
  readonly ward: CivilPerson;
  readonly reason: string;
  readonly endedOn?: string;
}

/** Fields modelled. */
export interface RecognitionEntry extends CivilStatusEntry {
  /** 1 a parent recognises a child, 2 a child recognises a parent. */
  readonly kind: 1 | 2;
  readonly parent: CivilPerson;
  readonly child: CivilPerson;
}

/** Modelled. */
export interface AdoptionEntry extends CivilStatusEntry {
  readonly child: CivilPerson;
  readonly adoptiveMother?: CivilPerson;
  readonly adoptiveFather?: CivilPerson;
  readonly endedOn?: string;
}

export interface DeathEntry extends CivilStatusEntry {
  readonly deceased: CivilPerson;
  readonly date: string;
  /** `HH:mm` */
  readonly time?: string;
  readonly place: string;
  readonly cause: string;
  readonly notice?: {
    /** 1 notice of death .. 7 witness. */
    readonly kind: 1 | 2 | 3 | 4 | 5 | 6 | 7;
    readonly number: string;
    readonly issuedOn: string;
    readonly issuedBy: string;
    readonly code?: string;
  };
}

/** The civil-status register's view of one person's events. */
export interface CivilStatusRecord {
  readonly personalId: string;
  readonly birth?: BirthEntry;
  /** The marriages in order of registration. */
  readonly marriages: readonly MarriageEntry[];
  readonly divorces: readonly DivorceEntry[];
  readonly changes: readonly ChangeEntry[];
  readonly guardianships: readonly GuardianshipEntry[];
  readonly recognitions: readonly RecognitionEntry[];
  readonly adoptions: readonly AdoptionEntry[];
  readonly death?: DeathEntry;
  readonly asOf: string;
}
