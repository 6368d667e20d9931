import type { UnitReference } from '../../units/unit-reference.ts';

/** Register of origin, also the label in metrics and access-log entries. */
export type RegisterName = 'population' | 'business' | 'civil-status' | 'land';

/** What one look-up yields. The key is the register's own: personal id, residence file number, code, parcel id, serial. */
export type RecordKind =
  | 'population.person'
  | 'population.household'
  | 'civil-status.events'
  | 'business.business'
  | 'business.interests'
  | 'land.parcel'
  | 'land.certificate'
  | 'land.holdings';

export interface RecordKey {
  readonly kind: RecordKind;
  readonly key: string;
}

/**
 * Stands where the register's value has a wrong shape: the reader answers SOURCE_CONTRACT_BROKEN at that very path.
 * May stand for a property, at any depth, or for a list item.
 */
export const BROKEN = Symbol('SOURCE_CONTRACT_BROKEN');
export type Broken = typeof BROKEN;
export type Checked<T> = T | Broken;

/** A frozen, mapped record: properties named as in the schema, plus the keys of other records (`motherId`, ...). */
export type RecordValue = Readonly<Record<string, unknown>>;

export interface PersonName {
  readonly full: Checked<string>;
}

export interface ResidenceAddress {
  readonly full: Checked<string>;
  readonly provinceCode: Checked<string>;
  /** Null in an old address that ends at the district. */
  readonly communeCode: Checked<string | null>;
}

/** `population.person`, key personal id. */
export interface PersonRecord {
  readonly personalId: string;
  readonly name: Checked<PersonName>;
  /** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`. */
  readonly birthDate: Checked<string>;
  readonly sex: Checked<'MALE' | 'FEMALE' | 'UNDETERMINED'>;
  /** Vietnamese name of the ethnic group, from the register's code. */
  readonly ethnicity: Checked<string | null>;
  readonly religion: Checked<string | null>;
  readonly permanentResidence: Checked<ResidenceAddress | null>;
  readonly residenceFileNo: Checked<string | null>;
  /** From here on what row rules decide on (population/person-facts.ts); no field of the schema leads here. */
  readonly isProtected: Checked<boolean>;
  /** `yyyy-mm-dd`. */
  readonly deathDate: Checked<string | null>;
  readonly fatherId: Checked<string | null>;
  readonly motherId: Checked<string | null>;
  readonly spouseId: Checked<string | null>;
  readonly residenceUnit: Checked<UnitReference | null>;
}

/** `population.household`, key residence file number. */
export interface HouseholdRecord {
  readonly residenceFileNo: string;
  readonly members: Checked<
    readonly Checked<{ readonly relationToHead: Checked<string>; readonly personalId: Checked<string> }>[]
  >;
}

export interface BirthEntry {
  readonly entryNo: Checked<string>;
  /** `yyyy-mm-dd`. */
  readonly registeredOn: Checked<string>;
  readonly place: Checked<string>;
  readonly motherId: Checked<string | null>;
  readonly fatherId: Checked<string | null>;
}

export interface MarriageEntry {
  readonly entryNo: Checked<string>;
  readonly registeredOn: Checked<string>;
  /** The other spouse than the person whose record this is. */
  readonly spouseId: Checked<string | null>;
  /** As it is now; when it ended is not in the record. No field of the schema leads here. */
  readonly state: Checked<'in-force' | 'divorced' | 'ended-by-death'>;
}

export interface DeathEntry {
  readonly entryNo: Checked<string>;
  readonly registeredOn: Checked<string>;
  readonly date: Checked<string>;
}

/** `civil-status.events`, key personal id. */
export interface EventsRecord {
  readonly personalId: string;
  readonly birth: Checked<BirthEntry | null>;
  readonly marriages: Checked<readonly Checked<MarriageEntry>[]>;
  readonly death: Checked<DeathEntry | null>;
}

/** `business.business`, key business code. */
export interface BusinessRecord {
  readonly code: string;
  readonly name: Checked<{ readonly vi: Checked<string> }>;
  readonly status: Checked<
    'ACTIVE' | 'SUSPENDED' | 'DISSOLVING' | 'DISSOLVED' | 'REVOKED' | 'BANKRUPT' | 'RELOCATED'
  >;
  readonly legalRepresentatives: Checked<
    readonly Checked<{
      readonly title: Checked<string | null>;
      readonly personalId: Checked<string | null>;
    }>[]
  >;
  readonly owners: Checked<readonly Checked<PartyReference>[]>;
}

/** A party named in a register: person, organisation, or a name alone. */
export interface PartyReference {
  readonly name: Checked<string>;
  readonly personalId: Checked<string | null>;
  readonly organisationCode: Checked<string | null>;
}

/** `business.interests`, key personal id. */
export interface InterestsRecord {
  readonly personalId: string;
  readonly businessCodes: readonly Checked<string>[];
  /** Those of them whose legal representative the person is; BROKEN for each that does not let it be told. */
  readonly representedCodes: readonly Checked<string>[];
}

export interface LandHolder extends PartyReference {
  readonly role: Checked<string>;
}

/** `land.parcel`, key parcel id. */
export interface ParcelRecord {
  readonly id: string;
  readonly sheetNo: Checked<number>;
  readonly parcelNo: Checked<number>;
  /** Square metres. */
  readonly area: Checked<number>;
  readonly uses: Checked<
    readonly Checked<{ readonly purposeCode: Checked<string>; readonly area: Checked<number> }>[]
  >;
  readonly holders: Checked<readonly Checked<LandHolder>[]>;
  readonly certificateSerials: Checked<readonly Checked<string>[]>;
}

/** `land.certificate`, key serial without spaces. */
export interface CertificateRecord {
  readonly serial: string;
  readonly issuedOn: Checked<string>;
  readonly holders: Checked<readonly Checked<LandHolder>[]>;
  readonly parcelIds: Checked<readonly Checked<string>[]>;
}

/** `land.holdings`, key personal id or business code. */
export interface HoldingsRecord {
  readonly holder: string;
  readonly parcelIds: readonly Checked<string>[];
}
