import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { RecordCache } from '../../src/cache/record-cache.ts';
import { buildRedisCache } from '../../src/cache/redis-cache.ts';
import { delay, freePort, hasRedisBinary, isSkippedWithout, startRedis } from '../support/servers/redis.ts';
import type { OwnRedis } from '../support/servers/redis.ts';
import { buildCounts, PERSON, setUntilThere } from './fixtures.ts';

const KIND = 'population.person';
const KEYS = [{ kind: KIND, key: 'a' }];
/** Far above what a miss costs, far below any time-out of Redis or TCP. */
const SOON_MS = 1_000;
const closing: (() => Promise<unknown> | void)[] = [];
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => void rejections.push(reason);
process.on('unhandledRejection', onRejection);

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  await delay(20);
  if (rejections.length > 0)
    throw new Error('a promise was rejected and nobody listened', { cause: rejections[0] });
});

function build(url: string, pauseMs = 1_000) {
  const counts = buildCounts();
  const cache = buildRedisCache({
    url,
    keyPrefix: 'trouble:',
    macKey: randomBytes(32),
    sealKeys: [{ id: 'k', key: randomBytes(32) }],
    observer: counts,
    pauseMs,
  });
  closing.push(() => cache.close());
  return { cache, counts };
}

async function expectQuickMiss(cache: RecordCache): Promise<void> {
  const started = performance.now();
  expect(await cache.getMany(KEYS)).toEqual([undefined]);
  cache.setMany([{ kind: KIND, key: 'a', record: PERSON, ttlMs: 1_000 }]);
  expect(performance.now() - started).toBeLessThan(SOON_MS);
}

test('nobody listens: misses and counted failures, never an error', async () => {
  const { cache, counts } = build(`redis://127.0.0.1:${await freePort()}`);
  await expectQuickMiss(cache);
  await delay(50);
  await expectQuickMiss(cache);
  expect(counts.failures).toEqual(['get', 'set', 'get', 'set']);
  expect([counts.hits, counts.misses]).toEqual([0, 2]);
});

const TALKS: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['says nothing', () => {}],
  ['hangs up', (socket) => socket.destroy()],
  ['talks nonsense', (socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))],
  ['answers anything with a number', (socket) => socket.on('data', () => socket.write(':1\r\n'))],
  [
    'answers MGET with a text',
    (socket) =>
      socket.on('data', (data) => {
        const commands = data.toString('latin1').match(/\*\d+\r\n/g)?.length ?? 0;
        for (let index = 0; index < commands; index += 1) socket.write('$5\r\nloved\r\n');
      }),
  ],
  [
    'answers MGET with too few values',
    (socket) =>
      socket.on('data', (data) => {
        const commands = data.toString('latin1').match(/\*\d+\r\n/g)?.length ?? 0;
        for (let index = 0; index < commands; index += 1) socket.write('*0\r\n');
      }),
  ],
  ['answers errors', (socket) => socket.on('data', () => socket.write('-ERR no\r\n-ERR no\r\n-ERR no\r\n'))],
];
test.each(TALKS)('a server that %s: misses, never an error', async (_name, talk) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const { cache, counts } = build(`redis://127.0.0.1:${(server.address() as AddressInfo).port}`, 10);
  for (let round = 0; round < 5; round += 1) {
    await expectQuickMiss(cache);
    await delay(30);
  }
  expect(counts.hits).toBe(0);
  expect(counts.failures.length).toBeGreaterThan(0);
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('a server of its own', () => {
  async function start(args: readonly string[] = [], port?: number): Promise<OwnRedis> {
    const redis = await startRedis(args, port);
    closing.push(() => redis.stop());
    return redis;
  }

  test('killed: misses; started again: used again', async () => {
    const redis = await start();
    const { cache, counts } = build(redis.url, 50);
    await setUntilThere(cache, KIND, 'a');
    await redis.stop();
    await expectQuickMiss(cache);
    await delay(100);
    await expectQuickMiss(cache);
    expect(counts.failures).toContain('get');
    await start([], redis.port);
    await setUntilThere(cache, KIND, 'b');
  });

  test('paused: one budget is waited, then Redis is left alone for a while, then used again', async () => {
    const redis = await start();
    const { cache, counts } = build(redis.url, 1_500);
    await setUntilThere(cache, KIND, 'a');
    counts.failures.length = 0;
    redis.process.kill('SIGSTOP');
    await expectQuickMiss(cache);
    expect(counts.failures).toEqual(['get']);
    const during = await Promise.all(Array.from({ length: 50 }, () => cache.getMany(KEYS)));
    expect(new Set(during.flat())).toEqual(new Set([undefined]));
    expect(counts.failures).toEqual(['get']);
    redis.process.kill('SIGCONT');
    await setUntilThere(cache, KIND, 'b');
  });

  test('full: nothing is stored and it is counted, what is there is still read', async () => {
    const redis = await start(['--maxmemory-policy', 'noeviction']);
    const { cache, counts } = build(redis.url, 10);
    await setUntilThere(cache, KIND, 'a');
    counts.failures.length = 0;
    const { Redis } = await import('ioredis');
    const control = new Redis(redis.url);
    await control.config('SET', 'maxmemory', '1');
    control.disconnect();
    cache.setMany([{ kind: KIND, key: 'b', record: PERSON, ttlMs: 1_000 }]);
    for (let attempt = 0; attempt < 100 && counts.failures.length === 0; attempt += 1) await delay(10);
    expect(counts.failures).toEqual(['set']);
    expect(await cache.getMany([...KEYS, { kind: KIND, key: 'b' }])).toEqual([PERSON, undefined]);
  });
});
