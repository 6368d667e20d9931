import type { DataCategory } from './field-labels.ts';
import { NO_GRANT, type GrantNode } from './grant.ts';

/** What a receiving agency's systems may ask for one purpose, and under which conditions. */
export interface Agreement {
  readonly id: string;
  readonly version: number;
  readonly receiver: string;
  /** Registered client ids. */
  readonly systems: ReadonlySet<string>;
  readonly purpose: string;
  readonly legalBasis: {
    readonly instrument: string;
    readonly article: string;
    readonly isModelled: boolean;
  };
  readonly grant: GrantNode;
  readonly categories: ReadonlySet<DataCategory>;
  /** Strict: an operation beyond the grant is refused whole. */
  readonly isStrict: boolean;
  readonly needsCase: boolean;
  /** Roots must carry a `match` factor. */
  readonly needsMatch: boolean;
  /** Root subjects other than the caller's own personal id are denied. */
  readonly ownDataOnly: boolean;
  /** Inclusive dates, `yyyy-mm-dd`, Viet Nam time. */
  readonly validFrom: string;
  readonly validUntil: string;
}

/** Grants nothing and asks for nothing: what built-in agreements start from. */
export const EMPTY_AGREEMENT: Agreement = {
  id: 'none',
  version: 1,
  receiver: '',
  systems: new Set(),
  purpose: 'none',
  legalBasis: { instrument: '-', article: '-', isModelled: true },
  grant: NO_GRANT,
  categories: new Set(),
  isStrict: false,
  needsCase: false,
  needsMatch: false,
  ownDataOnly: false,
  validFrom: '0000-01-01',
  validUntil: '9999-12-31',
};

const DAY_MS = 86_400_000;
/** Viet Nam has one time zone without daylight saving (UTC+7). */
const VIETNAM_OFFSET_MS = 7 * 3_600_000;
let today = { day: -1, date: '' };

/** Kept for the day: it is asked for with every request. */
export function vietnamDate(epochMs: number): string {
  const day = Math.floor((epochMs + VIETNAM_OFFSET_MS) / DAY_MS);
  if (today.day !== day) today = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return today.date;
}

export function isInForce(agreement: Agreement, epochMs: number): boolean {
  const date = vietnamDate(epochMs);
  return agreement.validFrom <= date && date <= agreement.validUntil;
}
