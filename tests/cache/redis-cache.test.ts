import { createHmac, randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { buildRedisCache } from '../../src/cache/redis-cache.ts';
import type { RedisCacheOptions } from '../../src/cache/redis-cache.ts';
import { buildSealer } from '../../src/cache/sealed-value.ts';
import { findSharedRedis, isSkippedWithout } from '../support/servers/redis.ts';
import { ABSENT, buildCounts, isDeeplyFrozen, PERSON, recordOf, setUntilThere } from './fixtures.ts';

const KIND = 'population.person';
const KEY_A = '001190900011';
const KEY_B = '001190900012';
const macKey = randomBytes(32);
const sealKey = { id: 'seal-1', key: randomBytes(32) };
const keyPrefix = `gateway-test-${process.pid}-${randomBytes(4).toString('hex')}:`;

const url = await findSharedRedis();
const isSkipped = isSkippedWithout('a Redis at REDIS_URL or 127.0.0.1:6379', url !== undefined);

function placeOf(kind: string, key: string): string {
  return keyPrefix + createHmac('sha256', macKey).update(`${kind}\n${key}`).digest('hex');
}

describe.skipIf(isSkipped)('on a real Redis', () => {
  const redis = new Redis(url ?? '', { lazyConnect: isSkipped });
  const closing: (() => Promise<void>)[] = [];

  function build(changes: Partial<RedisCacheOptions> = {}) {
    const counts = buildCounts();
    // The budget is not what is tested here, and the machine may be busy.
    const options = {
      url: url ?? '',
      keyPrefix,
      macKey,
      sealKeys: [sealKey],
      observer: counts,
      budgetMs: 2_000,
    };
    const cache = buildRedisCache({ ...options, ...changes });
    closing.push(() => cache.close());
    return { cache, counts };
  }

  /** Two persons' entries stored, counters at zero. */
  async function buildWithTwo() {
    const built = build();
    await setUntilThere(built.cache, KIND, KEY_A, recordOf('A'));
    await setUntilThere(built.cache, KIND, KEY_B, recordOf('B'));
    built.counts.hits = 0;
    built.counts.misses = 0;
    built.counts.failures.length = 0;
    return built;
  }

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  afterAll(async () => {
    const keys = isSkipped ? [] : await redis.keys(`${keyPrefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  });

  test('gives back what was set, in order, frozen, also to another instance', async () => {
    await buildWithTwo();
    const { cache, counts } = build();
    await setUntilThere(cache, KIND, 'absent', ABSENT);
    counts.hits = 0;
    counts.misses = 0;
    const keys = [KEY_B, 'nobody', 'absent', KEY_A].map((key) => ({ kind: KIND, key }));
    const records = await cache.getMany(keys);
    expect(records).toEqual([recordOf('B'), undefined, ABSENT, recordOf('A')]);
    expect(isDeeplyFrozen(records[0])).toBe(true);
    expect([counts.hits, counts.misses, counts.alarms]).toEqual([3, 1, []]);
    expect(await cache.getMany([])).toEqual([]);
  });

  test('shows neither ids nor values to whoever reads Redis, and expires there too', async () => {
    const { cache } = await buildWithTwo();
    await setUntilThere(cache, KIND, KEY_A, PERSON);
    const stored = await redis.getBuffer(placeOf(KIND, KEY_A));
    expect(stored?.includes('Nguyễn')).toBe(false);
    expect(stored?.includes(KEY_A)).toBe(false);
    const names = await redis.keys(`${keyPrefix}*`);
    expect(names.filter((name) => name.includes(KEY_A))).toEqual([]);
    const life = await redis.pttl(placeOf(KIND, KEY_A));
    expect(life).toBeGreaterThan(0);
    expect(life).toBeLessThanOrEqual(60_000);
  });

  const seal = (expiresAt: number, version?: number) => {
    const sealed = buildSealer([sealKey]).seal(JSON.stringify(['found', {}, null, 1, []]), {
      place: placeOf(KIND, KEY_A),
      kind: KIND,
      expiresAt,
    });
    if (version !== undefined) sealed[0] = version;
    return sealed;
  };
  const read = async (key: string) => (await redis.getBuffer(placeOf(KIND, key))) ?? Buffer.alloc(0);

  const ATTACKS: readonly (readonly [
    string,
    () => Promise<unknown>,
    readonly unknown[],
    readonly string[],
  ])[] = [
    [
      'two entries swapped',
      async () => {
        const [a, b] = [await read(KEY_A), await read(KEY_B)];
        await redis.mset(placeOf(KIND, KEY_A), b, placeOf(KIND, KEY_B), a);
      },
      [undefined, undefined],
      ['not-genuine', 'not-genuine'],
    ],
    [
      'one entry copied to another key',
      async () => redis.set(placeOf(KIND, KEY_B), await read(KEY_A)),
      [recordOf('A'), undefined],
      ['not-genuine'],
    ],
    [
      'cut',
      async () => redis.set(placeOf(KIND, KEY_A), (await read(KEY_A)).subarray(0, -3)),
      [undefined, recordOf('B')],
      ['not-genuine'],
    ],
    ['emptied', () => redis.set(placeOf(KIND, KEY_A), ''), [undefined, recordOf('B')], ['not-genuine']],
    [
      'text appended',
      () => redis.append(placeOf(KIND, KEY_A), 'x'),
      [undefined, recordOf('B')],
      ['not-genuine'],
    ],
    [
      'a value of our own making, in clear',
      () => redis.set(placeOf(KIND, KEY_A), JSON.stringify(['found', {}, null, 1, []])),
      [undefined, recordOf('B')],
      ['other-version'],
    ],
    [
      'kept past its sealed expiry',
      () => redis.set(placeOf(KIND, KEY_A), seal(Date.now() - 1)),
      [undefined, recordOf('B')],
      ['expired-but-present'],
    ],
    [
      'of another format version',
      () => redis.set(placeOf(KIND, KEY_A), seal(Date.now() + 60_000, 2)),
      [undefined, recordOf('B')],
      ['other-version'],
    ],
    [
      'no text but a list',
      async () => {
        await redis.del(placeOf(KIND, KEY_A));
        await redis.lpush(placeOf(KIND, KEY_A), 'x');
      },
      [undefined, recordOf('B')],
      [],
    ],
  ];
  test.each(ATTACKS)('a miss and an alarm: %s', async (_name, attack, expected, alarms) => {
    await redis.del(placeOf(KIND, KEY_A), placeOf(KIND, KEY_B));
    const { cache, counts } = await buildWithTwo();
    await attack();
    const records = await cache.getMany([KEY_A, KEY_B].map((key) => ({ kind: KIND, key })));
    expect(records).toEqual(expected);
    expect(counts.alarms).toEqual(alarms);
    expect(counts.failures).toEqual([]);
    expect(counts.misses).toBe(expected.filter((record) => record === undefined).length);
  });

  test('one key asked as another kind is another entry', async () => {
    const { cache, counts } = await buildWithTwo();
    expect(await cache.getMany([{ kind: 'civil-status.events', key: KEY_A }])).toEqual([undefined]);
    expect(counts.alarms).toEqual([]);
  });

  test('keys rotate: a new first key reads old entries, without the old one they are misses and alarms', async () => {
    await buildWithTwo();
    const fresh = { id: 'seal-2', key: randomBytes(32) };
    const both = build({ sealKeys: [fresh, sealKey] });
    await setUntilThere(both.cache, KIND, 'fresh');
    expect(await both.cache.getMany([{ kind: KIND, key: KEY_A }])).toEqual([recordOf('A')]);
    const alone = build({ sealKeys: [fresh] });
    await setUntilThere(alone.cache, KIND, 'other');
    const keys = [KEY_A, 'fresh'].map((key) => ({ kind: KIND, key }));
    expect(await alone.cache.getMany(keys)).toEqual([undefined, PERSON]);
    expect(alone.counts.alarms).toEqual(['unknown-key']);
  });

  test('another MAC key finds nothing', async () => {
    await buildWithTwo();
    const { cache } = build({ macKey: randomBytes(32) });
    await setUntilThere(cache, KIND, 'own');
    expect(await cache.getMany([{ kind: KIND, key: KEY_A }])).toEqual([undefined]);
  });

  test('an entry without a life is not stored', async () => {
    const { cache, counts } = await buildWithTwo();
    cache.setMany([{ kind: KIND, key: 'dead', record: PERSON, ttlMs: 0 }]);
    await setUntilThere(cache, KIND, 'after');
    expect(await redis.exists(placeOf(KIND, 'dead'))).toBe(0);
    expect(counts.failures).toEqual([]);
  });
});
