import type { LargestCosigned } from '../passes/cosigned-extent.ts';
import type { Fault } from '../faults/tampering.ts';

export interface ReceiptResult {
  readonly name: string;
  /** Id of the answer; null where the receipt could not be opened. */
  readonly id: string | null;
  readonly isProven: boolean;
  /** Bodies that are those of the receipt. */
  readonly bodies: readonly string[];
  /** Bodies were given, and it has no opening to compare them with. */
  readonly isUnopened: boolean;
}

/** The result for a bundle, or for an access that was told. */
export interface ProofsResult {
  readonly kind: 'bundle' | 'access';
  readonly name: string;
  readonly isProven: boolean;
  /** Number of entries that the log signed in their places; 0 where anything is wrong. */
  readonly entries: number;
  /** Number of those whose own bytes were given, and say what was told; and of those whose subject was opened. */
  readonly shown: number;
  readonly opened: number;
}

/**
 * The counts of a breach report, made again from an export. `match`: the entries give the same; a difference is a fault.
 * `not-recounted`: the export does not hold what is needed, for the reasons in `open`.
 */
export interface ReportRecount {
  /** Answers, entries, times and disclosures. */
  readonly verdict: 'match' | 'not-recounted';
  /** Subjects, and those to be notified, which openings alone tell. */
  readonly subjects: 'match' | 'not-recounted';
  /** Parts of sentences. */
  readonly open: readonly string[];
}

/** The result for a breach report. It names nobody. */
export interface BreachReportResult {
  readonly name: string;
  /** The signed statement; null where the report is not as the log signed it. */
  readonly stated: {
    /** Origin of the log whose key signed it. */
    readonly origin: string;
    readonly madeAt: string;
    readonly order: string;
    readonly answers: number;
    readonly entries: number;
    readonly subjects: number;
    /**
     * The persons to notify: the first one's place among the subjects, and how many. Null where none were asked for.
     */
    readonly notify: { readonly from: number; readonly count: number } | null;
    /** Members of the file that the signature does not cover. */
    readonly unsigned: readonly string[];
  } | null;
  /** Null without an export, where the counts differ, and where the report is not as the log signed it. */
  readonly recount: ReportRecount | null;
}

/** The findings of a verification, as plain data with nothing about persons. */
export interface VerifyResult {
  readonly verdict: 'verified' | 'tampered';
  /** The first fault of the entries and their tree, then the faults of what others hold. */
  readonly faults: readonly Fault[];
  /** The export's extent; null where receipts were checked without an export. */
  readonly export: {
    readonly log: string;
    readonly from: number;
    readonly to: number;
    /** Number of entries that were read: all of them where nothing is wrong. */
    readonly entries: number;
    readonly removed: number;
    /** Number of removed entries of which no witness tells that they were 12 months old. */
    readonly ageUnknown: number;
    /** Number of those that stand beside an entry that was itself younger than that. */
    readonly youngBeside: number;
    readonly checkpoints: number;
    readonly epochs: number;
    readonly openings: number;
    /** Places where the times of entries go back, as the log states, and without a statement. */
    readonly clock: { readonly stated: number; readonly unstated: number };
    /** Outages that the log states of itself. */
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
  /** Sentences that say what was asked for and is not in what was given; empty where it is all there. */
  readonly missing: readonly string[];
  /** Sentences that say what this verification does not show. */
  readonly notProven: readonly string[];
}
