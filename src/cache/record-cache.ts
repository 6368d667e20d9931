/** One register's record as the cache holds it; no key and no value names a caller. */
export interface CachedRecord {
  readonly state: 'found' | 'absent';
  /** Deeply frozen and shared between requests; null where absent. */
  readonly value: unknown;
  /** The register's own date of the data, `yyyy-mm-dd`; null where it states none. */
  readonly asOf: string | null;
  /** Milliseconds since 1970: when the register was asked. */
  readonly fetchedAt: number;
  /** Officer accounts that the register refuses this record. */
  readonly refused: readonly string[];
}

export interface CacheKey {
  readonly kind: string;
  readonly key: string;
}

export interface CacheEntry extends CacheKey {
  readonly record: CachedRecord;
  readonly ttlMs: number;
}

export type CacheAnswers = readonly (CachedRecord | undefined)[];

export interface RecordCache {
  /** One place a key, in order; undefined is a miss. Never rejects: a failing cache is a miss after a small bounded delay. */
  getMany(keys: readonly CacheKey[]): CacheAnswers | Promise<CacheAnswers>;
  /** Fire and forget; never throws. */
  setMany(entries: readonly CacheEntry[]): void;
  close(): Promise<void>;
}

/** Why a stored entry was not believed. `not-genuine`: cut, altered, swapped, or under another key than its own. */
export type CacheAlarm = 'not-genuine' | 'unknown-key' | 'other-version' | 'expired-but-present';

/** Called synchronously on the path of a request: count and return. */
export interface CacheObserver {
  onHits(count: number): void;
  onMisses(count: number): void;
  /** Redis did not answer in time, refused, or answered nonsense. */
  onFailure(operation: 'get' | 'set'): void;
  /** An entry did not open; it was taken as a miss. */
  onAlarm(alarm: CacheAlarm): void;
}
