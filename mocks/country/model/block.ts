import type { Commune } from '../../../src/units/communes.ts';
import type { Day } from '../calendar.ts';
import type { BlockKey } from '../identifiers/block-key.ts';
import type { Region } from '../prefixes.ts';
import type { Address, BusinessStatusCode } from '../records.ts';
import type { Name } from './persons/naming.ts';

/** A point in which two registers disagree about a person; the truth is kept beside it (`truth.ts`). */
export const CONTRADICTIONS = [
  'death-not-in-population',
  'death-not-in-civil-status',
  'name-spelling',
  'name-upper-case',
  'birth-year-only',
  'birth-date',
  'marriage-not-in-population',
] as const;
export type Contradiction = (typeof CONTRADICTIONS)[number];

/** An entry in a civil-status book. */
export interface Entry {
  readonly number: number;
  readonly book: number;
  readonly registeredOn: Day;
  /** 1 on time, 2 again, 4 late. */
  readonly kind: 1 | 2 | 4;
  readonly office: Commune;
}

export interface Death {
  readonly day: Day;
  readonly cause: string;
  readonly entry: Entry;
}

/** The true person. Filled step by step while a block is generated, and not changed afterwards. */
export interface Person {
  readonly id: string;
  readonly index: number;
  /** The block in which the person was born and is registered by birth; the personal id is of it. */
  readonly native: Neighbourhood;
  /** The block in which the person lives, or lived last. */
  seat: Neighbourhood;
  readonly sex: 1 | 2;
  readonly birth: Day;
  readonly name: Name;
  readonly ethnicCode: string;
  readonly religionCode: string;
  readonly bloodTypeCode: string;
  readonly father: Person | undefined;
  readonly mother: Person | undefined;
  /** Names of the parents of a founder, who have no records. */
  readonly outsideParents: { readonly father: string; readonly mother: string } | undefined;
  /** A bit for each founding couple among the ancestors: two persons who share a bit may not marry. */
  readonly line: number;
  readonly ancestralHome: Commune;
  readonly birthEntry: Entry | undefined;
  /** When the person would marry; Infinity for those who never do. */
  readonly marriesAt: Day;
  readonly children: Person[];
  readonly marriages: Marriage[];
  readonly businesses: Business[];
  readonly parcels: Parcel[];
  readonly certificates: Certificate[];
  readonly contradictions: Contradiction[];
  isProtected: boolean;
  death: Death | undefined;
  household: Household | undefined;
  /** The legal representative of a child who has one beside the parents. */
  guardian: Person | undefined;
  residence: Address;
  currentResidence: Address;
  /** The population register's version, where it contradicts the truth. */
  registeredName: Name | undefined;
  registeredBirth: string | undefined;
}

/** Somebody whom registers name without a personal id; filled when everything else of a block stands. */
export interface Outsider {
  readonly fullName: string;
  /** Number of an identity card of before (CMND) or of a passport. */
  readonly documentNo: string | undefined;
}

export interface Marriage {
  readonly husband: Person;
  readonly wife: Person;
  readonly day: Day;
  readonly divorcedOn: Day | undefined;
  readonly entry: Entry;
}

/** A guardianship, recognition or adoption in the civil-status books, between persons of the circle. */
export interface FamilyAct {
  readonly kind: 'guardianship' | 'recognition' | 'adoption';
  /** The ward or the child. */
  readonly charge: Person;
  /** The guardian, the parent who recognised or was recognised, or the adoptive parents. */
  readonly elders: readonly Person[];
  readonly entry: Entry;
  readonly endedOn: Day | undefined;
}

export interface Household {
  readonly fileNo: string;
  readonly seat: Neighbourhood;
  readonly address: Address;
  /** The head first. */
  readonly members: readonly { readonly person: Person; readonly relation: string }[];
  readonly outsiders: Outsider[];
}

export interface Business {
  readonly code: string;
  readonly isHouseholdBusiness: boolean;
  readonly legacyCode: string | undefined;
  readonly legalFormCode: string;
  readonly legalFormName: string;
  readonly name: string;
  readonly shortName: string | undefined;
  readonly foundedOn: Day;
  readonly amendedOn: Day;
  readonly amendmentNo: number;
  readonly statusCode: BusinessStatusCode;
  /** The amount in dong. */
  readonly capital: number;
  readonly headOffice: Address;
  readonly activities: readonly { readonly code: string; readonly name: string }[];
  readonly members: readonly {
    readonly party: Person | Business;
    readonly amount: number;
    readonly ratioPercent: number;
  }[];
  readonly representatives: readonly { readonly person: Person; readonly title: string }[];
  /** They represent the business too. */
  readonly outsiders: Outsider[];
  readonly parcels: Parcel[];
  readonly certificates: Certificate[];
}

export interface Holder {
  readonly party: Person | Business;
  readonly kind: string;
  readonly role: string;
}

export interface Parcel {
  readonly id: string;
  readonly commune: Commune;
  readonly address: Address;
  readonly sheetNo: number;
  readonly parcelNo: number;
  readonly area: number;
  readonly legalArea: number;
  readonly uses: readonly {
    readonly purposeCode: string;
    readonly area: number;
    readonly originCode: string;
    readonly form: string;
    readonly term: string;
  }[];
  readonly holders: readonly Holder[];
  /** They hold the parcel too. */
  readonly outsiders: Outsider[];
  readonly certificates: Certificate[];
}

export interface Certificate {
  readonly serial: string;
  readonly registerNo: string;
  readonly issuedOn: Day;
  readonly template: string;
  readonly commune: Commune;
  readonly holders: readonly Holder[];
  readonly parcels: readonly Parcel[];
}

/** The contents of a block beside ordinary life, known before it is generated. */
export interface BlockPlan {
  /** Untroubled blocks have neither deaths nor protected persons nor contradictions. */
  readonly troubled: boolean;
  readonly protectedPersons: number;
  readonly contradictions: readonly Contradiction[];
  /** Businesses of the one person who has very many; 0 in most blocks. */
  readonly hubBusinesses: number;
}

/** The place of a block: about 64 persons are born and registered in it. */
export interface Neighbourhood {
  readonly key: BlockKey;
  readonly plan: BlockPlan;
  readonly region: Region;
  /** The commune in which most of the block lives now. */
  readonly home: Commune;
  /** The commune in which its births were registered: it lies in the province of its personal ids. */
  readonly origin: Commune;
}

/** A neighbourhood with everything it has. Its people marry and move within their circle. */
export interface Block extends Neighbourhood {
  /** Persons who were born here. */
  readonly persons: readonly Person[];
  /** Persons who live here or lived here last, wherever they were born. */
  readonly residents: readonly Person[];
  readonly households: readonly Household[];
  readonly businesses: readonly Business[];
  readonly parcels: readonly Parcel[];
  readonly certificates: readonly Certificate[];
}

/** Two blocks, mostly of different communes and often of different provinces, that are generated together; kinship never leaves them. */
export interface Circle {
  readonly blocks: readonly Block[];
  /** Neither of an untroubled circle's blocks has deaths, protected persons or contradictions. */
  readonly troubled: boolean;
  readonly familyActs: readonly FamilyAct[];
}

export function isPerson(party: Person | Business): party is Person {
  return 'birth' in party;
}
