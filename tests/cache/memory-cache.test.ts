import { expect, test } from 'vitest';
import { buildMemoryCache } from '../../src/cache/memory-cache.ts';
import { ABSENT, buildCounts, PERSON, recordOf } from './fixtures.ts';

const KIND = 'population.person';

function build(maxEntries = 100) {
  const counts = buildCounts();
  const clock = { time: 1_000 };
  return { counts, clock, cache: buildMemoryCache({ maxEntries, observer: counts, now: () => clock.time }) };
}

test('answers at once, in order, with the very objects it was given', () => {
  const { cache, counts } = build();
  cache.setMany([
    { kind: KIND, key: 'a', record: PERSON, ttlMs: 1_000 },
    { kind: KIND, key: 'b', record: ABSENT, ttlMs: 1_000 },
  ]);
  const answer = cache.getMany([
    { kind: KIND, key: 'b' },
    { kind: KIND, key: 'c' },
    { kind: KIND, key: 'a' },
  ]);
  expect(answer).toEqual([ABSENT, undefined, PERSON]);
  expect(Array.isArray(answer) && answer[2]).toBe(PERSON);
  expect([counts.hits, counts.misses]).toEqual([2, 1]);
});

test('one key of two kinds is two entries', () => {
  const { cache } = build();
  cache.setMany([{ kind: KIND, key: 'a', record: PERSON, ttlMs: 1_000 }]);
  expect(cache.getMany([{ kind: 'civil-status.events', key: 'a' }])).toEqual([undefined]);
});

test('each entry lives as long as it was given, to the millisecond, by a clock that nobody sets', () => {
  const { cache, clock } = build();
  cache.setMany([
    { kind: KIND, key: 'short', record: PERSON, ttlMs: 10 },
    { kind: KIND, key: 'long', record: PERSON, ttlMs: 20 },
    { kind: KIND, key: 'none', record: PERSON, ttlMs: 0 },
  ]);
  const keys = ['short', 'long', 'none'].map((key) => ({ kind: KIND, key }));
  clock.time += 9;
  expect(cache.getMany(keys)).toEqual([PERSON, PERSON, undefined]);
  clock.time += 1;
  expect(cache.getMany(keys)).toEqual([undefined, PERSON, undefined]);
  clock.time += 10;
  expect(cache.getMany(keys)).toEqual([undefined, undefined, undefined]);
});

test('a later record takes the place and the life of an earlier one', () => {
  const { cache, clock } = build();
  cache.setMany([{ kind: KIND, key: 'a', record: recordOf('old'), ttlMs: 1_000 }]);
  cache.setMany([{ kind: KIND, key: 'a', record: recordOf('new'), ttlMs: 10 }]);
  expect(cache.getMany([{ kind: KIND, key: 'a' }])).toEqual([recordOf('new')]);
  clock.time += 10;
  expect(cache.getMany([{ kind: KIND, key: 'a' }])).toEqual([undefined]);
});

test('holds no more than its bound: the least recently used goes first', () => {
  const { cache } = build(2);
  const set = (key: string) => cache.setMany([{ kind: KIND, key, record: PERSON, ttlMs: 1_000 }]);
  set('a');
  set('b');
  cache.getMany([{ kind: KIND, key: 'a' }]);
  set('c');
  const keys = ['a', 'b', 'c'].map((key) => ({ kind: KIND, key }));
  expect(cache.getMany(keys)).toEqual([PERSON, undefined, PERSON]);
});

test('holds no more bytes than its bound: one record of long lists takes the place of many', () => {
  const cache = buildMemoryCache({
    maxBytes: 30_000,
    observer: { onHits: () => undefined, onMisses: () => undefined },
  });
  const long = { ...PERSON, value: { parcelIds: Array.from({ length: 500 }, (_, n) => `parcel ${n}`) } };
  const keys = Array.from({ length: 10 }, (_, n) => ({ kind: KIND, key: String(n) }));
  cache.setMany(keys.map((key) => ({ ...key, record: PERSON, ttlMs: 1_000 })));
  expect(cache.getMany(keys)).toEqual(keys.map(() => PERSON));
  cache.setMany([{ kind: KIND, key: 'long', record: long, ttlMs: 1_000 }]);
  expect(cache.getMany([{ kind: KIND, key: 'long' }])).toEqual([long]);
  expect(cache.getMany(keys)).toContain(undefined);
});

test('is empty once closed', async () => {
  const { cache } = build();
  cache.setMany([{ kind: KIND, key: 'a', record: PERSON, ttlMs: 1_000 }]);
  await cache.close();
  expect(cache.getMany([{ kind: KIND, key: 'a' }])).toEqual([undefined]);
});
