/**
 * The contents of each register about the synthetic country, before they are put into the register's wire
 * format. A register's view may contradict the truth (`PlantedTruth`) on purpose; the registers' handlers read
 * views only.
 */

/** An address in today's two-level units (codes of `src/units/`), or in the three levels of before 1 July 2025. */
export interface Address {
  readonly detail: string;
  /** Empty in an old address of a district without communes. */
  readonly communeCode: string;
  readonly communeName: string;
  /** Three digits, in an old address only: commune and province are then those of before. */
  readonly districtCode?: string;
  readonly districtName?: string;
  readonly provinceCode: string;
  readonly provinceName: string;
}

/** Named by another record; `personalId` may be missing, as in old real records. */
export interface PersonReference {
  readonly personalId?: string;
  /** Number of another document, only where there is no personal id. */
  readonly documentNo?: string;
  readonly fullName: string;
  /** Số CMND, in the population register. */
  readonly oldIdNumber?: string;
  /** ISO 3166-1 alpha-2, in the population register. */
  readonly nationalities?: readonly string[];
}

/** Either a full date `yyyy-mm-dd`, or `yyyy-mm`, or the year alone. */
export type PartialDate = string;

/** Since when a residence is registered, and until when; dates `yyyy-mm-dd`. */
export interface ResidenceTerm {
  readonly startedOn: string;
  /** The end of a temporary residence; others have none. */
  readonly expiresOn?: string;
  readonly deletedOn?: string;
  readonly deletionReason?: string;
}

/** A card or, with eight or nine digits, an identity card of before (CMND); dates `yyyy-mm-dd`. */
export interface IdentityCard {
  readonly number: string;
  readonly issuedOn: string;
  readonly issuedBy: string;
  /** Left out where the card does not expire. */
  readonly expiresOn?: string;
}

/** Khai báo tạm vắng; dates `yyyy-mm-dd`. */
export interface Absence {
  readonly status: string;
  readonly startedOn: string;
  readonly endedOn: string;
  readonly destination: string;
}

/** The population register's view (Law 26/2023/QH15 art. 9). */
export interface PopulationRecord {
  readonly personalId: string;
  readonly surname: string;
  readonly middle: string;
  readonly given: string;
  readonly otherNames: readonly string[];
  readonly birthDate: PartialDate;
  /** 1 male, 2 female. */
  readonly sex: 1 | 2;
  /** `01`..`54` (REGISTERS.md, Persons). */
  readonly ethnicCode: string;
  /** `00` none or unknown .. `99` other. */
  readonly religionCode: string;
  /** 1 never married, 2 married, 3 divorced or widowed. */
  readonly maritalCode: 1 | 2 | 3;
  /** `00` unknown, `01` A, `02` B, `03` AB, `04` O. */
  readonly bloodTypeCode: string;
  /** ISO 3166-1 alpha-2, Viet Nam's first. */
  readonly nationalities: readonly string[];
  /** Số CMND: numbers of identity cards of before. */
  readonly oldIdNumbers: readonly string[];
  readonly idCards: readonly IdentityCard[];
  readonly placeOfBirth: Address;
  readonly birthRegistrationPlace: Address;
  readonly ancestralHome: Address;
  readonly permanentResidence: Address;
  readonly permanentTerm: ResidenceTerm;
  readonly temporaryResidence?: Address;
  readonly temporaryTerm?: ResidenceTerm;
  readonly currentResidence: Address;
  readonly currentTerm: ResidenceTerm;
  readonly absence?: Absence;
  readonly father?: PersonReference;
  readonly mother?: PersonReference;
  readonly spouse?: PersonReference;
  /** Người đại diện: a child's legal representative beside the parents. */
  readonly guardian?: PersonReference;
  readonly children: readonly PersonReference[];
  /** Người được đại diện: the children whose legal representative the person is. */
  readonly represented: readonly PersonReference[];
  /** Số hồ sơ cư trú: key of the household. Deceased persons have left theirs. */
  readonly residenceFileNo?: string;
  readonly head?: { readonly relation: string; readonly personalId: string; readonly fullName: string };
  readonly deathDate?: PartialDate;
  readonly missingSince?: PartialDate;
  readonly mobile?: string;
  readonly email?: string;
  readonly occupation?: string;
  /** Persons under a protection order (modelled). */
  readonly isProtected: boolean;
  /** Date of the register's data, `yyyy-mm-dd`. */
  readonly asOf: string;
}

export interface HouseholdRecord {
  readonly residenceFileNo: string;
  readonly address: Address;
  readonly members: readonly (PersonReference & {
    /** Quan hệ với chủ hộ: `Chủ hộ`, `Vợ`, `Chồng`, `Con`, `Bố`, `Mẹ`, `Cháu`, ... */
    readonly relationToHead: string;
  })[];
  readonly asOf: string;
}

export type BusinessStatusCode = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface BusinessMember {
  readonly name: string;
  readonly personalId?: string;
  readonly enterpriseCode?: string;
  readonly amount: number;
  readonly ratioPercent: number;
  readonly contributedOn?: string;
}

export interface BusinessUnit {
  /** `NNNNNNNNNN-NNN`; a five-digit counter for a business location. */
  readonly code: string;
  /** Modelled codes: 1 branch, 2 representative office, 3 business location. */
  readonly kind: 1 | 2 | 3;
  readonly name: string;
  readonly address: Address;
}

/** Chủ sở hữu hưởng lợi (Law 76/2025/QH15). */
export interface BeneficialOwner extends PersonReference {
  /** Left out where somebody controls the business without a share. */
  readonly ratioPercent?: number;
  readonly basis: string;
}

/** The business register's view: enterprises (10-digit code) and household businesses (owner's personal id). */
export interface BusinessRecord {
  readonly code: string;
  readonly isHouseholdBusiness: boolean;
  /** Legacy 10-digit code of a household business, where one is kept. */
  readonly legacyCode?: string;
  readonly legalFormCode: string;
  readonly legalFormName: string;
  readonly name: string;
  readonly shortName?: string;
  readonly foreignName?: string;
  readonly foundedOn: string;
  readonly lastAmendedOn: string;
  readonly amendmentNo: number;
  /** Modelled codes: 1 active, 2 suspended, 3 dissolving, 4 dissolved, 5 revoked, 6 bankrupt, 7 moved. */
  readonly statusCode: BusinessStatusCode;
  readonly capital: number;
  readonly headOffice: Address;
  readonly activities: readonly { readonly code: string; readonly name: string; readonly isMain: boolean }[];
  readonly members: readonly BusinessMember[];
  readonly representatives: readonly (PersonReference & { readonly title: string })[];
  readonly contact: { readonly phone?: string; readonly email?: string };
  readonly units: readonly BusinessUnit[];
  readonly beneficialOwners: readonly BeneficialOwner[];
  /** Members of the family that registered a household business. */
  readonly householdMembers: readonly PersonReference[];
  /** Code of Circular 90/2026/TT-BTC, Annex I. */
  readonly taxStatusCode: string;
  readonly taxOffice: string;
  readonly asOf: string;
}

/** `Cá nhân`, `Vợ chồng`, `Hộ gia đình`, `Đồng sử dụng`, `Tổ chức`. */
export interface LandHolder {
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly personalId?: string;
  /** Number of another document, only where there is no personal id. */
  readonly documentNo?: string;
  readonly enterpriseCode?: string;
  readonly birthDate?: PartialDate;
  readonly sex?: 1 | 2;
  /** The address as it was written when the certificate was issued. */
  readonly address?: Address;
  /** Left out where the right is joint. */
  readonly ratioPercent?: number;
}

/** A party that an entry of the land register names, by a key where it has one. */
export interface LandParty {
  readonly personalId?: string;
  readonly enterpriseCode?: string;
}

export interface LandAsset {
  readonly kind: string;
  readonly project?: string;
  readonly building?: string;
  readonly flatNo?: string;
  readonly builtArea?: number;
  readonly floorArea?: number;
  readonly ownershipForm: string;
  readonly term: string;
  readonly grade?: string;
}

export interface LandMortgage {
  readonly registeredOn: string;
  readonly contractNo: string;
  readonly mortgagee: LandParty & { readonly name: string };
  readonly releasedOn?: string;
}

/** The party is whoever the content names. */
export interface LandRestriction extends LandParty {
  readonly kind: string;
  readonly content: string;
  readonly registeredOn: string;
  readonly releasedOn?: string;
}

/** The party is whoever the content names. */
export interface LandChange extends LandParty {
  readonly registeredOn: string;
  /** A code of the cadastral tables: 8 transfer, 9 inheritance, 10 gift. */
  readonly kind: string;
  readonly content: string;
}

export interface ParcelRecord {
  /** 12-character GeoHash. */
  readonly parcelId: string;
  readonly communeCode: string;
  readonly sheetNo: number;
  readonly parcelNo: number;
  /** Square metres, one decimal. */
  readonly area: number;
  readonly legalArea: number;
  readonly address: Address;
  readonly uses: readonly {
    readonly purposeCode: string;
    readonly area: number;
    readonly originCode: string;
    readonly form: string;
    /** `Lâu dài` or an expiry date. */
    readonly term: string;
  }[];
  readonly holders: readonly LandHolder[];
  readonly certificateSerials: readonly string[];
  /** The number as printed, where there is a certificate. */
  readonly sheetNoOnCertificate?: string;
  readonly parcelNoOnCertificate?: string;
  /** RFC 7946, WGS84. */
  readonly geometry?: {
    readonly type: 'Polygon';
    readonly coordinates: readonly (readonly (readonly [longitude: number, latitude: number])[])[];
  };
  readonly currentUser?: { readonly party: LandHolder; readonly reasonOfChange: string };
  readonly assets: readonly LandAsset[];
  readonly mortgages: readonly LandMortgage[];
  readonly restrictions: readonly LandRestriction[];
  readonly changes: readonly LandChange[];
  readonly asOf: string;
}

export interface CertificateRecord {
  readonly serial: string;
  readonly barcode: string;
  readonly registerNo: string;
  readonly issuedOn: string;
  readonly template: string;
  readonly communeCode: string;
  readonly status: 'DA_CAP' | 'DA_THU_HOI';
  /** The form in which the holders were given it: a kind of holder. */
  readonly holderForm: string;
  /** Reference of the scanned paper. */
  readonly scanFile?: string;
  readonly holders: readonly LandHolder[];
  readonly parcelIds: readonly string[];
  readonly asOf: string;
}
