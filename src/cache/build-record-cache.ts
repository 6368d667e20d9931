import { buildMemoryCache } from './memory-cache.ts';
import type { RecordCache } from './record-cache.ts';
import { buildRedisCache, type RedisCacheOptions } from './redis-cache.ts';

/** Builds the cache of records: in Redis where instances share one, else in memory. */
export function buildRecordCache({
  redisUrl,
  ...options
}: Omit<RedisCacheOptions, 'url'> & { readonly redisUrl: string | null }): RecordCache {
  return redisUrl === null
    ? buildMemoryCache({ observer: options.observer })
    : buildRedisCache({ ...options, url: redisUrl });
}
