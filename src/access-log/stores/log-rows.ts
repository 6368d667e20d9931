import type { CosignatureRow, DocumentRow, SealKeyRow } from './log-store.ts';

/** An answer as it lies in the store, with the group that it was committed in. */
export interface StoredAnswer {
  readonly log: string;
  readonly firstLeaf: number;
  readonly leaves: number;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly head: string;
  readonly tails: string;
  /** First leaf of its group. */
  readonly group: number;
}

/** A group without its answers. */
export interface StoredGroup {
  readonly log: string;
  readonly firstLeaf: number;
  readonly leaves: number;
  readonly written: number;
  readonly note: string;
  readonly sealKey: string;
  readonly sealed: Uint8Array;
  /** 32 bytes an entry. */
  readonly leafHashes: Uint8Array;
}

/** A group with what stands in it; `answers` is empty once it was removed after its time. */
export interface FullGroup extends StoredGroup {
  readonly answers: readonly Omit<StoredAnswer, 'group' | 'log'>[];
}

/** Pattern for LIKE of the canonical heads of the gateway's own acts with a purpose, which has neither `%` nor `_`. */
export function actPattern(purpose: string): string {
  return `{"agreement":null,"caller":{"agency":"national-data-gateway","client":"gateway","key":null,"kind":"gateway"%"purpose":"${purpose}"%`;
}

/** Reading all logs of a store, on a connection that cannot write to them. */
export interface LogRows {
  /** Names of the logs, sorted. */
  logs(): Promise<readonly string[]>;
  /** Size and last checkpoint; null for a log without entries. */
  end(log: string): Promise<{ readonly size: number; readonly note: string } | null>;
  answerById(id: string): Promise<StoredAnswer | null>;
  /** The answers that hold these leaves, each once, in no order; those that were removed are missing. */
  answersAt(log: string, leaves: readonly number[]): Promise<readonly StoredAnswer[]>;
  /** Groups that begin at these leaves. */
  groupsAt(log: string, firstLeaves: readonly number[]): Promise<readonly StoredGroup[]>;
  /** Groups in order, from the one that holds the leaf on. */
  groupsFrom(log: string, leaf: number, limit: number): Promise<readonly FullGroup[]>;
  /** Leaf hashes from the group on that holds `from`, up to the end of the group that holds `to - 1`. */
  leafHashes(
    log: string,
    from: number,
    to: number,
  ): Promise<{ readonly firstLeaf: number; readonly hashes: Uint8Array } | null>;
  /** 256 hashes; null where the tile is not full. */
  tile(log: string, level: number, number: number): Promise<Uint8Array | null>;
  sealKeys(ids: readonly string[]): Promise<readonly SealKeyRow[]>;
  /** Ids of data keys in order, from the one after this on. */
  sealKeyIds(after: string, limit: number): Promise<readonly string[]>;
  /** First leaf of the oldest answer that was not removed. */
  firstAnswer(log: string): Promise<number | null>;
  /** The newest act of the gateway with this purpose, as it lies in the store; read from the end of the log backwards. */
  newestAct(log: string, purpose: string): Promise<StoredAnswer | null>;
  document(digest: string): Promise<DocumentRow | null>;
  /** Ascending by size, from this size on, up to and with `to` where that is given. */
  cosignatures(log: string, from: number, to?: number): Promise<readonly CosignatureRow[]>;
  /** Size of the largest checkpoint that a witness has cosigned; 0 where there is none. */
  cosignedSize(log: string): Promise<number>;
  close(): Promise<void>;
}
