import type {
  CachedRecord,
  CachedRecords,
  CacheEntry,
  CacheKey,
  FillMark,
  RecordCache,
} from '../record-cache.ts';
import type { Evictions } from './evictions.ts';

/** A cache of which notices have a say: it serves no record that one of them has made invalid. */
export interface NoticedCache extends RecordCache {
  /** Taken before a register is asked; it goes with the records of that call. */
  mark(): FillMark;
}

/**
 * Puts notices before a cache. While this instance cannot know of all notices (`isCurrent`), every look-up is a miss, and
 * registers are read live.
 */
export function buildNoticedCache(
  cache: RecordCache,
  evictions: Evictions,
  isCurrent: () => boolean,
): NoticedCache {
  const valid = (records: CachedRecords): CachedRecords => {
    // Looked at again: notices may have come, or failed to come, while the cache was read.
    if (!isCurrent()) return records.map(() => undefined);
    return records.map((record) => (isServed(record) ? record : undefined));
  };
  const isServed = (record: CachedRecord | undefined): boolean =>
    record !== undefined && evictions.isValid(record);
  return {
    mark: () => evictions.mark(),
    getMany(keys: readonly CacheKey[]) {
      if (!isCurrent()) return keys.map(() => undefined);
      const found = cache.getMany(keys);
      return found instanceof Promise ? found.then(valid) : valid(found);
    },
    setMany(entries: readonly CacheEntry[]) {
      cache.setMany(entries.filter(({ record }) => evictions.isValid(record)));
    },
    close: () => cache.close(),
  };
}
