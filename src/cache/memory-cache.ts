import { LRUCache } from 'lru-cache';
import type { Limits } from '../config/limits.ts';
import { recordBytes } from './record-bytes.ts';
import type { CachedRecord, CacheObserver, RecordCache } from './record-cache.ts';

export const MEMORY_CACHE_LIMITS = {
  entries: {
    value: 200_000,
    unit: 'records',
    why: 'More are read by nobody within their life of minutes.',
  },
  bytes: {
    value: 256 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'All records together: a record with long lists takes as much as a hundred others.',
  },
} as const satisfies Limits;

/** Size, observer and clock of a cache in memory. */
export interface MemoryCacheOptions {
  /** Fewer are for tests. */
  readonly maxEntries?: number;
  readonly maxBytes?: number;
  readonly observer: Pick<CacheObserver, 'onHits' | 'onMisses'>;
  /** Monotonic milliseconds, so that a clock set back does not prolong an entry's life. */
  readonly now?: () => number;
}

interface Held {
  readonly record: CachedRecord;
  readonly expiresAt: number;
}

/** Builds a cache in memory. It answers synchronously and without copies, because records are frozen. */
export function buildMemoryCache(options: MemoryCacheOptions): RecordCache {
  const now = options.now ?? (() => performance.now());
  const held = new LRUCache<string, Held>({
    max: options.maxEntries ?? MEMORY_CACHE_LIMITS.entries.value,
    maxSize: options.maxBytes ?? MEMORY_CACHE_LIMITS.bytes.value,
    sizeCalculation: ({ record }) => recordBytes(record.value),
  });
  const get = (name: string, time: number): CachedRecord | undefined => {
    const entry = held.get(name);
    if (entry === undefined) return undefined;
    if (entry.expiresAt > time) return entry.record;
    held.delete(name);
    return undefined;
  };
  return {
    getMany(keys) {
      const time = now();
      let hits = 0;
      const records = keys.map(({ kind, key }) => {
        const record = get(`${kind} ${key}`, time);
        if (record !== undefined) hits += 1;
        return record;
      });
      if (hits > 0) options.observer.onHits(hits);
      if (hits < keys.length) options.observer.onMisses(keys.length - hits);
      return records;
    },
    setMany(entries) {
      const time = now();
      for (const { kind, key, record, ttlMs } of entries) {
        if (ttlMs > 0) held.set(`${kind} ${key}`, { record, expiresAt: time + ttlMs });
      }
    },
    close() {
      held.clear();
      return Promise.resolve();
    },
  };
}
