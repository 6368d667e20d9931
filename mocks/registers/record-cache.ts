import { LRUCache } from 'lru-cache';

import type { RecordReader, WireRecord } from './inquiry.ts';

/**
 * Remembers records in wire format, so that a benchmark measures the gateway and not the writing of the same answer
 * again. The country never changes while it runs.
 */
export function cachedReader(read: RecordReader, max = 5_000): RecordReader {
  const cache = new LRUCache<string, WireRecord>({ max });
  return (kind, key) => {
    const name = `${kind} ${key}`;
    const known = cache.get(name);
    if (known !== undefined) return known;
    const record = read(kind, key);
    if (record !== undefined) cache.set(name, record);
    return record;
  };
}
