import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { RecordQuota } from '../../../src/agreements/counts/record-quota.ts';
import { GatewayError } from '../../../src/errors.ts';
import { buildSharedRedis } from '../../../src/agreements/shared/shared-redis.ts';
import { hasRedisBinary, isSkippedWithout, startRedis } from '../../support/servers/redis.ts';
import { WAIT } from '../opened-store.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 21, 5);
const TEN = { id: 'one', recordsPerHour: 10 };
const macKey = randomBytes(32);

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** `OK`, or the seconds after which to ask again; whatever else is thrown comes through. */
function charge(quota: RecordQuota, records: number, agreement = TEN): string | number | null {
  try {
    quota.charge(agreement, records);
    return 'OK';
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'QUOTA_EXCEEDED') return error.retryAfterSeconds;
    throw error;
  }
}

test('an hour’s volume is charged to the last record, and not beyond', () => {
  const clock = { now: NOON + 1_000 };
  const quota = new RecordQuota({ redis: null, macKey, now: () => clock.now });
  const steps: readonly (readonly [number, number, string | number])[] = [
    [1_000, 4, 'OK'],
    [1_000, 7, 3_599],
    // What was refused was not charged.
    [1_000, 6, 'OK'],
    [1_001, 1, 3_599],
    [1_001, 0, 'OK'],
    [HOUR - 1, 1, 1],
    [HOUR, 11, 3_600],
    [HOUR, 10, 'OK'],
    // A clock that is set back opens no fresh hour.
    [HOUR - 500, 1, 3_601],
    [2 * HOUR, 1, 'OK'],
  ];
  for (const [at, records, wanted] of steps) {
    clock.now = NOON + at;
    expect([at, records, charge(quota, records)]).toEqual([at, records, wanted]);
  }
});

test('each agreement has a volume of its own; one without is never refused', () => {
  const quota = new RecordQuota({ redis: null, macKey, now: () => NOON });
  expect(charge(quota, 10)).toBe('OK');
  expect(charge(quota, 10, { ...TEN, id: 'two' })).toBe('OK');
  expect(charge(quota, 1)).toBe(3_600);
  quota.charge({ id: 'free', recordsPerHour: null }, 1_000_000);
});

test('what was read already counts, though it passes the limit', () => {
  const quota = new RecordQuota({ redis: null, macKey, now: () => NOON });
  expect(charge(quota, 4)).toBe('OK');
  quota.count(TEN, 20);
  expect(charge(quota, 1)).toBe(3_600);
  expect(charge(quota, 1, { ...TEN, recordsPerHour: 25 })).toBe('OK');
});

test('a changed limit counts at once, over what was charged before', () => {
  const quota = new RecordQuota({ redis: null, macKey, now: () => NOON });
  expect(charge(quota, 10)).toBe('OK');
  expect(charge(quota, 5, { ...TEN, recordsPerHour: 15 })).toBe('OK');
  expect(charge(quota, 1, { ...TEN, recordsPerHour: 15 })).toBe(3_600);
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('with a Redis', () => {
  async function instances(count: number, url: string) {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const redis = buildSharedRedis(url);
        const quota = new RecordQuota({ redis, macKey, now: () => NOON, flushMs: 3_600_000 });
        closing.push(async () => {
          redis.disconnect();
          await quota.close();
        });
        await expect.poll(() => redis.status, WAIT).toBe('ready');
        return { quota, redis };
      }),
    );
  }

  test('instances add up', async () => {
    const server = await startRedis();
    closing.push(() => server.stop());
    const [a, b] = await instances(2, server.url);
    if (!a || !b) throw new Error('two');
    expect(charge(a.quota, 6)).toBe('OK');
    await a.quota.flush();
    expect(charge(b.quota, 3)).toBe('OK');
    await b.quota.flush();
    expect(charge(b.quota, 2)).toBe(3_600);
    expect(charge(b.quota, 1)).toBe('OK');
    await b.quota.flush();
    // Charged before it knew of the others' part.
    expect(charge(a.quota, 4)).toBe('OK');
    await a.quota.flush();
    expect(charge(a.quota, 1)).toBe(3_600);
    const [key = ''] = await a.redis.keys('ndg:quota:*');
    expect(await a.redis.get(key)).toBe('14');
    expect(await a.redis.pttl(key)).toBeGreaterThan(HOUR);
  });

  test('cut off, an instance goes on from what it knows, and adds its part later', async () => {
    const server = await startRedis();
    const [one] = await instances(1, server.url);
    if (!one) throw new Error('one');
    expect(charge(one.quota, 4)).toBe('OK');
    await one.quota.flush();
    await server.stop();
    await expect.poll(() => one.redis.status, WAIT).not.toBe('ready');
    expect(charge(one.quota, 4)).toBe('OK');
    await one.quota.flush();
    expect(charge(one.quota, 3)).toBe(3_600);
    const again = await startRedis([], server.port);
    closing.push(() => again.stop());
    await expect.poll(() => one.redis.status, WAIT).toBe('ready');
    await one.quota.flush();
    const [key = ''] = await one.redis.keys('ndg:quota:*');
    expect(await one.redis.get(key)).toBe('4');
  });
});
