import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';

/**
 * Proofs that the log's own answers gave somebody to check: a page of `accessLogExport`, or one access of `myAccesses`.
 */
export interface HeldProofs {
  readonly kind: 'bundle' | 'access';
  /** Name for the report. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** The statements of an access as a citizen was told it. A field that the query left out is undefined. */
export interface ToldAccess {
  /** ISO 8601. */
  readonly time?: string | undefined;
  readonly agency?: string | null | undefined;
  readonly purpose?: string | null | undefined;
  readonly legalBasis?: string | null | undefined;
  readonly case?: string | null | undefined;
  readonly outcome?: string | undefined;
  readonly disclosed?:
    | readonly {
        readonly register?: string | undefined;
        readonly coordinates?: readonly string[] | undefined;
        readonly isNone?: boolean | undefined;
      }[]
    | undefined;
}

/** An entry that is in the tree of its checkpoint. */
export interface ProvenEntry {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly log: string;
  /** Signed, and holding the entry. */
  readonly checkpoint: Checkpoint;
  /** The told fields; null in a bundle, where the entry's own bytes stand for them. */
  readonly told: ToldAccess | null;
  /** The entry's own bytes were given. */
  readonly isShown: boolean;
  /** The opening of its subject was given. */
  readonly isOpened: boolean;
}

export interface OpenedProofs {
  readonly kind: HeldProofs['kind'];
  readonly name: string;
  readonly entries: readonly ProvenEntry[];
}
