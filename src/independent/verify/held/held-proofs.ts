import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';
import type { ToldAccess } from '../../../log-format/told-access.ts';

/**
 * Proofs that the log's own answers gave somebody to check: a page of `accessLogExport`, or one access of `myAccesses`.
 */
export interface HeldProofs {
  readonly kind: 'bundle' | 'access';
  /** Name for the report. */
  readonly name: string;
  readonly bytes: Buffer;
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
