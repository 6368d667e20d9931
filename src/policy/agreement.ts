import type { DataCategory } from './field-labels.ts';
import type { GrantNode } from './grant.ts';

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

/** Viet Nam has one time zone without daylight saving (UTC+7). */
export function vietnamDate(epochMs: number): string {
  return new Date(epochMs + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** Whether today, in Viet Nam, lies within the agreement's dates, both included. `epochMs`: milliseconds since 1970. */
export function isInForce(agreement: Agreement, epochMs: number): boolean {
  const today = vietnamDate(epochMs);
  return agreement.validFrom <= today && today <= agreement.validUntil;
}
