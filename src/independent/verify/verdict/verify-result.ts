import type { LargestCosigned } from '../passes/cosigned-extent.ts';
import type { Fault } from '../faults/tampering.ts';

export interface ReceiptResult {
  readonly name: string;
  /** Of the answer; null where the receipt could not be opened. */
  readonly id: string | null;
  readonly isProven: boolean;
  /** Bodies that are those of the receipt. */
  readonly bodies: readonly string[];
  /** Bodies were given, and it has no opening to compare them with. */
  readonly isUnopened: boolean;
}

/** What became of a bundle or of an access that was told. */
export interface ProofsResult {
  readonly kind: 'bundle' | 'access';
  readonly name: string;
  readonly isProven: boolean;
  /** That the log signed in their places; 0 where anything is wrong. */
  readonly entries: number;
}

/** What became of a breach report; nobody is named. */
export interface BreachReportResult {
  readonly name: string;
  /** Null where it is not as the log signed it. */
  readonly stated: {
    /** Of the log whose key signed it. */
    readonly origin: string;
    readonly madeAt: string;
    readonly order: string;
    readonly answers: number;
    readonly entries: number;
    readonly subjects: number;
    /** Whom to notify: from this one of the subjects on, and how many. Null where none were asked for. */
    readonly notify: { readonly from: number; readonly count: number } | null;
    /** Members of the file that the signature does not cover. */
    readonly unsigned: readonly string[];
  } | null;
}

/** What a verification found. Plain data, nothing of it about persons. */
export interface VerifyResult {
  readonly verdict: 'verified' | 'tampered';
  /** Of the entries and their tree the first alone; then those of what others hold. */
  readonly faults: readonly Fault[];
  /** Null where receipts were checked without an export. */
  readonly export: {
    readonly log: string;
    readonly from: number;
    readonly to: number;
    /** That were read; all of them where nothing is wrong. */
    readonly entries: number;
    readonly removed: number;
    /** Of the removed ones: those of which no witness tells that they were 12 months old. */
    readonly ageUnknown: number;
    readonly checkpoints: number;
    readonly epochs: number;
    readonly openings: number;
    /** That the log states of itself. */
    readonly outages: { readonly count: number; readonly milliseconds: number };
    readonly restores: readonly {
      readonly epoch: number;
      readonly from: number;
      readonly lostSize: number;
      readonly lostOrigin: string;
    }[];
  } | null;
  readonly receipts: readonly ReceiptResult[];
  readonly proofs: readonly ProofsResult[];
  readonly breachReports: readonly BreachReportResult[];
  /** Known checkpoints that agree. */
  readonly knownAgree: number;
  readonly cosigned: readonly LargestCosigned[];
  /** What this verification does not show, in plain words. */
  readonly notProven: readonly string[];
}
