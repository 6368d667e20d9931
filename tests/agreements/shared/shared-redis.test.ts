import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { buildSharedRedis, firstConnection } from '../../../src/agreements/shared/shared-redis.ts';
import { buildRedisCache } from '../../../src/cache/redis-cache.ts';
import { isFromReplica } from '../../../src/config/redis-replica.ts';
import { startRedisRelay } from '../../support/servers/redis-relay.ts';
import { hasRedisBinary, isSkippedWithout, startRedis } from '../../support/servers/redis.ts';
import { WAIT } from '../opened-store.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

test('waiting for a Redis that is away leaves no listener behind', async () => {
  const redis = buildSharedRedis('redis://127.0.0.1:1');
  closing.push(() => redis.disconnect());
  const before = redis.listenerCount('ready');
  for (let poll = 0; poll < 20; poll++) await firstConnection(redis, 1);
  expect(redis.listenerCount('ready')).toBe(before);
});

test.each([
  ["READONLY You can't write against a read only replica.", true],
  ["READONLY You can't write against a read only replica. script: 0a1b, on @user_script:1.", true],
  ["ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write", true],
  ['OOM command not allowed when used memory > maxmemory', false],
  ['WRONGTYPE Operation against a key', false],
])('%s: from a replica %s', (message, isReplica) => {
  expect(isFromReplica(new Error(message))).toBe(isReplica);
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))(
  'after a failover behind one address',
  () => {
    async function failover() {
      const [first, second] = [await startRedis(), await startRedis()];
      const relay = await startRedisRelay(first.port);
      closing.push(
        () => relay.close(),
        () => first.stop(),
        () => second.stop(),
      );
      const fail = async (): Promise<void> => {
        relay.turnTo(second.port);
        const admin = buildSharedRedis(first.url);
        await firstConnection(admin, WAIT.timeout);
        await admin.call('REPLICAOF', '127.0.0.1', String(second.port));
        admin.disconnect();
      };
      return { url: relay.url, second, fail };
    }

    test('what instances share is written to the new primary', async () => {
      const { url, second, fail } = await failover();
      const redis = buildSharedRedis(url);
      closing.push(() => redis.disconnect());
      await firstConnection(redis, WAIT.timeout);
      await redis.set('a', '1');
      await fail();
      await expect(redis.set('a', '2')).rejects.toThrow('READONLY');
      await expect.poll(() => redis.set('a', '3').catch(() => 'refused'), WAIT).toBe('OK');
      const direct = buildSharedRedis(second.url);
      closing.push(() => direct.disconnect());
      await firstConnection(direct, WAIT.timeout);
      expect(await direct.get('a')).toBe('3');
    });

    test('so are cached records', async () => {
      const { url, second, fail } = await failover();
      const cache = buildRedisCache({
        url,
        keyPrefix: 'x:',
        macKey: randomBytes(32),
        sealKeys: [{ id: 'k1', key: randomBytes(32) }],
        observer: {
          onHits: () => undefined,
          onMisses: () => undefined,
          onFailure: () => undefined,
          onAlarm: () => undefined,
        },
        pauseMs: 10,
      });
      closing.push(() => cache.close());
      await fail();
      const direct = buildSharedRedis(second.url);
      closing.push(() => direct.disconnect());
      await firstConnection(direct, WAIT.timeout);
      let key = 0;
      await expect
        .poll(async () => {
          const record = {
            state: 'absent',
            value: null,
            asOf: null,
            fetchedAt: 1,
            mark: { era: 'one', position: 0 },
            subjects: [],
            call: 'up-1',
            refused: [],
          } as const;
          cache.setMany([{ kind: 'person', key: String((key += 1)), record, ttlMs: 60_000 }]);
          return direct.dbsize();
        }, WAIT)
        .toBeGreaterThan(0);
    });
  },
);
