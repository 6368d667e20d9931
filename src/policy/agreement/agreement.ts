import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import type { DataCategory } from '../grant/field-labels.ts';
import { NO_GRANT, type GrantNode } from '../grant/grant.ts';
import type { AgreementSource } from './agreement-source.ts';

/** Law that a rule or an agreement rests on; `isModelled` where no published text was at hand. */
export interface LegalBasis {
  readonly instrument: string;
  readonly article: string;
  readonly isModelled: boolean;
}

/** Persons whom an agreement may name in spite of the row rule that hides them. */
export type Clearance = 'protected' | 'deceased' | 'minors';

/**
 * The residences that an agreement covers: the nation, the caller's own commune, or listed units (two digits for a province,
 * five for a commune, in the codes in force since 1 July 2025).
 */
export type Territory = 'nation' | 'caller-unit' | readonly string[];

/** The right of an agency's systems to ask for one purpose, with its conditions. */
export interface Agreement {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of its documents, hexadecimal (agreement-source.ts). */
  readonly digest: string;
  readonly source: AgreementSource;
  readonly receiver: string;
  /** Registers whose data the grant names: their owners are the providing parties. */
  readonly providers: ReadonlySet<string>;
  /** Registered client ids. */
  readonly systems: ReadonlySet<string>;
  readonly purpose: string;
  readonly legalBasis: LegalBasis;
  readonly grant: GrantNode;
  readonly categories: ReadonlySet<DataCategory>;
  /** Strict: an operation beyond the grant is refused whole. */
  readonly isStrict: boolean;
  readonly needsCase: boolean;
  /** Codes of the administrative procedures that fit the purpose; a case of another one does not open the data. */
  readonly procedures: ReadonlySet<string>;
  /** Roots must carry a `match` factor. */
  readonly needsMatch: boolean;
  /** Root subjects other than the caller's own personal id are denied. */
  readonly ownDataOnly: boolean;
  readonly territory: Territory;
  readonly clearance: ReadonlySet<Clearance>;
  /**
   * Values that restricted arguments may take, by `Type.field.argument`: literals as text, `any`, or the symbols
   * `today`, `dossier-date`, `own-unit`. An argument of a minimised field that is not listed may take none.
   */
  readonly argumentValues: ReadonlyMap<string, readonly string[]>;
  /** Distinct evaluations of one minimised field about one subject in one case. */
  readonly evaluations: number;
  /** A cached record older than this is read anew; null: as long as the cache keeps it. */
  readonly recordAgeSeconds: number | null;
  /** While a register fails, its cached records up to this age are accepted; null: none that would be read anew. */
  readonly staleAgeSeconds: number | null;
  /** Records that all systems together may ask for in an hour; null: no limit. */
  readonly recordsPerHour: number | null;
  /** Days for which subjects are not told of accesses under it (covert purposes); null: they are told at once. */
  readonly withheldDays: number | null;
  /** A critical alert of early warning suspends the officer, until a person lifts that. */
  readonly suspendsOnCritical: boolean;
  /** Ended before its time. */
  readonly isWithdrawn: boolean;
  /** Inclusive dates, `yyyy-mm-dd`, Viet Nam time. */
  readonly validFrom: string;
  readonly validUntil: string;
}

/** Grants nothing and asks for nothing: what built-in agreements start from. */
export const EMPTY_AGREEMENT: Agreement = {
  id: 'none',
  version: 1,
  digest: '',
  source: { agreement: '', grant: '', systems: [] },
  receiver: '',
  providers: new Set(),
  systems: new Set(),
  purpose: 'none',
  legalBasis: { instrument: '-', article: '-', isModelled: true },
  grant: NO_GRANT,
  categories: new Set(),
  isStrict: false,
  needsCase: false,
  procedures: new Set(),
  needsMatch: false,
  ownDataOnly: false,
  territory: 'nation',
  clearance: new Set(),
  argumentValues: new Map(),
  evaluations: 3,
  recordAgeSeconds: null,
  staleAgeSeconds: null,
  recordsPerHour: null,
  withheldDays: null,
  suspendsOnCritical: false,
  isWithdrawn: false,
  validFrom: '0000-01-01',
  validUntil: '9999-12-31',
};

export function isInForce(agreement: Agreement, epochMs: number): boolean {
  const date = vietNamDay(epochMs);
  return !agreement.isWithdrawn && agreement.validFrom <= date && date <= agreement.validUntil;
}
