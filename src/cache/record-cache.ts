/** A caller to whom a register refuses a record, and the time (milliseconds since 1970) until which that holds. */
export interface Refusal {
  readonly caller: string;
  readonly until: number;
}

/** The notices that were known when a register was asked: the history that they stand in, and the place of the last one. */
export interface FillMark {
  readonly era: string;
  readonly position: number;
}

/** One register's record as the cache holds it. No key names a caller, so that the record can be shared. */
export interface CachedRecord {
  /** `broken`: the register's row could not be read, or was missing or doubled. */
  readonly state: 'found' | 'absent' | 'broken';
  /** The record, deeply frozen and shared between requests; null where it is not found. */
  readonly value: unknown;
  /** The register's own date of the data, `yyyy-mm-dd`; null where it states none. */
  readonly asOf: string | null;
  /** The time at which the register was asked, in milliseconds since 1970. */
  readonly fetchedAt: number;
  /** Id under which the register logged the look-up that gave this record. */
  readonly call: string;
  /** Callers to whom the register refuses this record. */
  readonly refused: readonly Refusal[];
  /** Taken before the register was asked: notices since then may have made the record invalid. */
  readonly mark: FillMark;
  /** The subjects, by key, of whose notices that is true. */
  readonly subjects: readonly string[];
}

/** Kind and key of a register's record. */
export interface CacheKey {
  readonly kind: string;
  readonly key: string;
}

/** A record that is to be stored, and its life in milliseconds. */
export interface CacheEntry extends CacheKey {
  readonly record: CachedRecord;
  readonly ttlMs: number;
}

/** One record for each key that was asked for, in order; undefined is a miss. */
export type CachedRecords = readonly (CachedRecord | undefined)[];

/** A cache of registers' records. */
export interface RecordCache {
  /**
   * Gives one record for each key, in order; undefined is a miss. Never rejects: a failing cache is a miss after a
   * small bounded delay.
   */
  getMany(keys: readonly CacheKey[]): CachedRecords | Promise<CachedRecords>;
  /** Stores records in the background. Never throws. */
  setMany(entries: readonly CacheEntry[]): void;
  close(): Promise<void>;
}

/**
 * The reason for which a stored value was not believed. `not-genuine`: it was cut, altered, swapped, or sealed for
 * another key.
 */
export type CacheAlarm = 'not-genuine' | 'unknown-key' | 'other-version' | 'expired-but-present';

/** Called synchronously on the path of a request: count and return. */
export interface CacheObserver {
  onHits(count: number): void;
  onMisses(count: number): void;
  /** Redis did not answer in time, refused, or gave a malformed answer. */
  onFailure(operation: 'get' | 'set'): void;
  /** A stored value did not open, and counts as a miss. */
  onAlarm(alarm: CacheAlarm): void;
}
