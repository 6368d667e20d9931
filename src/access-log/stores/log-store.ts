/** The stored entries of one answer. `leafText` (leaf-text.ts) puts their exact bytes together again. */
export interface AnswerRow {
  /** Index of its first entry in the tree. */
  readonly firstLeaf: number;
  readonly leaves: number;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Canonical JSON of the entries' `answer`. */
  readonly head: string;
  /** A line an entry: what stands between `answer` and `tree`. */
  readonly tails: string;
}

/** Entries of a tile, as in C2SP tlog-tiles: full ones never change, so that they are stored once and for all. */
export const TILE_WIDTH = 256;

/** 256 hashes next to each other, of leaves (level 0) or of the roots of full tiles of the level below. */
export interface TileRow {
  readonly level: number;
  readonly number: number;
  /** 256 * 32 bytes. */
  readonly hashes: Uint8Array;
  /** Root of the perfect subtree over the hashes. */
  readonly root: Uint8Array;
}

/** A data key, sealed with a key of SECRETS_DIR. */
export interface SealKeyRow {
  readonly id: string;
  /** Id of the `log-seal` key that wraps it. */
  readonly wrappedBy: string;
  readonly wrapped: Uint8Array;
}

/** A text that entries name by its digest: an operation without its literals, an agreement's documents. */
export interface DocumentRow {
  readonly digest: string;
  readonly text: string;
}

/** All that is committed together, closed by a checkpoint over all entries up to its end. */
export interface GroupRows {
  readonly firstLeaf: number;
  readonly leaves: number;
  /** Milliseconds since 1970, when it was written. */
  readonly written: number;
  /** `yyyymm` of that moment, UTC. */
  readonly month: number;
  /** Signed checkpoint of size `firstLeaf + leaves`. */
  readonly note: string;
  /** Id of the data key. */
  readonly sealKey: string;
  readonly sealed: Uint8Array;
  /** 32 bytes an entry. */
  readonly leafHashes: Uint8Array;
  readonly answers: readonly AnswerRow[];
  readonly tiles: readonly TileRow[];
  readonly keys: readonly SealKeyRow[];
  readonly documents: readonly DocumentRow[];
}

/** A witness's cosignature of the checkpoint of that size. */
export interface CosignatureRow {
  readonly size: number;
  /** A signature line of a signed note. */
  readonly line: string;
}

/** The state of the tree that is needed to go on with it. */
export interface StoredTree {
  readonly size: number;
  /** Checkpoint of that size; null for an empty log. */
  readonly note: string | null;
  /** The hashes of the last tile of each level, which is not full. */
  readonly partialTiles: readonly (readonly Uint8Array[])[];
  /** The time that the last entry states, in milliseconds since 1970; null where there is none. */
  readonly lastTime: number | null;
}

/** Why the store cannot be used now, as a code that may stand in a log line. */
export class StoreFault extends Error {
  readonly code: string;
  /** False where it is certain that nothing was written. */
  readonly isUncertain: boolean;

  constructor(code: string, isUncertain: boolean) {
    super(`the access log cannot be used: ${code}`);
    this.name = 'StoreFault';
    this.code = code;
    this.isUncertain = isUncertain;
  }
}

/** A log of format 2 or before that was found in the store's place and put aside. */
export interface Predecessor {
  readonly file: string;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** Codes of StoreFault that the writer acts on. */
export const BEHIND = 'behind';
export const RECORD_REFUSED = 'record-refused';
export const TREE_NOT_GENUINE = 'tree-not-genuine';

/** The store took the statements and kept fewer rows: a trigger or a rule swallows them. Nothing was committed. */
export const ROWS_NOT_STORED = 'rows-not-stored';
/** A trigger or a rule stands on the log's tables. The gateway makes none. */
export const FOREIGN_TRIGGER = 'foreign-trigger';

/**
 * Writing one instance's log. Nothing is ever changed or removed here. Every method rejects with StoreFault; after one
 * that is neither BEHIND nor RECORD_REFUSED the store is opened anew.
 */
export interface LogStoreWriter {
  /** Creates what is absent where `mayCreate`: at start-up alone, so that a log that vanished is not silently begun anew. */
  open(mayCreate: boolean): Promise<Predecessor | null>;
  /** Reads the tree as it stands at one moment. */
  readTree(): Promise<StoredTree>;
  /**
   * Commits a group in one transaction, synced to disk once this settles. It fails with BEHIND, for certain, where
   * another writer was ahead.
   */
  commit(group: GroupRows): Promise<void>;
  /** Commits what is built on the tree as it stands, with nobody else writing in between: they wait until this settles. */
  commitNext<Built extends { readonly rows: GroupRows }>(build: (tree: StoredTree) => Built): Promise<Built>;
  /** Cosignatures alone. */
  addCosignatures(rows: readonly CosignatureRow[]): Promise<void>;
  /** Data keys alone, wrapped anew; what is there stays. */
  addSealKeys(rows: readonly SealKeyRow[]): Promise<void>;
  /** Takes and frees as much room as a group needs, to see whether one can be written. */
  probe(): Promise<void>;
  close(): Promise<void>;
}
