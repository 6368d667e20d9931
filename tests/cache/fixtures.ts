import { expect } from 'vitest';
import type { CachedRecord, CacheObserver, RecordCache } from '../../src/cache/record-cache.ts';
import { delay } from '../support/servers/redis.ts';

export const PERSON: CachedRecord = {
  state: 'found',
  value: Object.freeze({ personalId: '001190900011', name: Object.freeze({ full: 'Nguyễn Thị Anh' }) }),
  asOf: '2026-11-20',
  fetchedAt: 1_795_000_000_000,
  call: 'up-1',
  refused: Object.freeze([
    Object.freeze({ caller: 'agency inspection officer.two', until: 1_795_000_600_000 }),
  ]),
  mark: Object.freeze({ era: 'one', position: 3 }),
  subjects: Object.freeze(['001190900011']),
};

export const ABSENT: CachedRecord = {
  state: 'absent',
  value: null,
  asOf: null,
  fetchedAt: 1_795_000_000_001,
  call: 'up-2',
  refused: [],
  mark: { era: 'one', position: 3 },
  subjects: ['001190900012'],
};

export function recordOf(text: string): CachedRecord {
  return { ...PERSON, value: { text } };
}

export interface Counts extends CacheObserver {
  hits: number;
  misses: number;
  readonly failures: string[];
  readonly alarms: string[];
}

export function buildCounts(): Counts {
  return {
    hits: 0,
    misses: 0,
    failures: [],
    alarms: [],
    onHits(count) {
      this.hits += count;
    },
    onMisses(count) {
      this.misses += count;
    },
    onFailure(operation) {
      this.failures.push(operation);
    },
    onAlarm(alarm) {
      this.alarms.push(alarm);
    },
  };
}

export function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

/** Sets until it can be read back: a cache may still be connecting, or pausing after a failure. */
export async function setUntilThere(
  cache: RecordCache,
  kind: string,
  key: string,
  record = PERSON,
): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    cache.setMany([{ kind, key, record, ttlMs: 60_000 }]);
    await delay(10);
    const [there] = await cache.getMany([{ kind, key }]);
    if (there !== undefined) return;
    await delay(25);
  }
  expect.unreachable('the cache took nothing');
}
