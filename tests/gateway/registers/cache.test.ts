import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstreamCalls } from '../../support/edge.ts';
import { buildFreshSubjects, type FreshSubject } from '../../support/registers/fresh-subjects.ts';
import {
  country,
  startTestGateway,
  type Json,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { disclosedIn, recordsOf } from '../../support/recorded.ts';
import {
  delay,
  hasRedisBinary,
  isSkippedWithout,
  startRedis,
  type OwnRedis,
} from '../../support/servers/redis.ts';
import { CITIZEN } from '../../support/selections.ts';

/** The shared record cache behind whole gateways: what it saves, what it shows, and what its failing costs. */
describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('with a Redis', () => {
  /** Far above what a miss costs, far below any time-out of Redis or TCP. */
  const SOON_MS = 1_500;
  const fresh = buildFreshSubjects(country);
  const secrets = mkdtempSync(join(tmpdir(), 'ndg-secrets-'));
  const running: TestGateway[] = [];
  let redis: OwnRedis;
  let client: Redis;
  let one: TestGateway;
  let other: TestGateway;

  async function start(redisUrl: string, secretsDirectory?: string): Promise<TestGateway> {
    const first = running[0];
    const gateway = await startTestGateway({
      environment: {
        REDIS_URL: redisUrl,
        ...(secretsDirectory === undefined ? {} : { SECRETS_DIR: secretsDirectory }),
      },
      ...(first ? { mocks: first.mocks } : {}),
    });
    running.push(gateway);
    return gateway;
  }

  beforeAll(async () => {
    redis = await startRedis();
    client = new Redis(redis.url);
    client.on('error', () => undefined);
    one = await start(redis.url, secrets);
    other = await start(redis.url, secrets);
  });

  afterAll(async () => {
    client.disconnect();
    for (const gateway of running.toReversed()) await gateway.close();
    await redis.stop();
    rmSync(secrets, { recursive: true, force: true });
  });

  async function ask(gateway: TestGateway, { variables, expected }: FreshSubject): Promise<TestAnswer> {
    const startedAt = performance.now();
    const answer = await gateway.ask(CITIZEN, variables);
    expect([answer.status, answer.errors, answer.data]).toEqual([200, [], expected.data]);
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
    return answer;
  }

  /** Number of calls to registers for one more answer. */
  async function callsFor(gateway: TestGateway, subject: FreshSubject): Promise<number> {
    const total = (): number => {
      const { dossier: _dossier, ...calls } = upstreamCalls(gateway);
      return Object.values(calls).reduce((sum, count) => sum + count, 0);
    };
    const before = total();
    await ask(gateway, subject);
    return total() - before;
  }

  /** Keys that came with an answer; storing is not waited for by the gateway. */
  async function keysStored(work: () => Promise<unknown>): Promise<readonly string[]> {
    // Records alone: instances count volumes beside them.
    const records = async () => (await client.keys('*')).filter((key) => /^ndg:[0-9a-f]{16}:/.test(key));
    const before = new Set(await records());
    await work();
    let keys: readonly string[] = [];
    for (let attempt = 0; attempt < 100; attempt++) {
      const now = (await records()).filter((key) => !before.has(key));
      if (now.length > 0 && now.length === keys.length) return keys;
      keys = now;
      await delay(30);
    }
    throw new Error('nothing was stored');
  }

  async function metric(gateway: TestGateway, name: string): Promise<number> {
    const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    const lines = text.split('\n').filter((each) => each.startsWith(name));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  function wordsOf(data: Json): readonly string[] {
    if (typeof data === 'string') return data.length > 5 ? [data] : [];
    return data !== null && typeof data === 'object' ? Object.values(data).flatMap(wordsOf) : [];
  }

  it('the second instance answers from what the first one read', async () => {
    // Each instance has the officer's rights from the registers themselves, once.
    await ask(other, fresh(CITIZEN));
    let subject = fresh(CITIZEN);
    // On a busy machine Redis may answer after the 20 ms that a read waits; that costs calls, and another subject is asked.
    await expect
      .poll(
        async () => {
          subject = fresh(CITIZEN);
          await keysStored(() => ask(one, subject));
          return callsFor(other, subject);
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBe(0);
    const answer = await ask(other, subject);
    const [record] = recordsOf(other, [answer.headers.get('x-access-entry')]);
    expect(disclosedIn(record ?? null)).toEqual(subject.expected.disclosed);
    const parts = record?.entries.flatMap(({ disclosed }) => disclosed) ?? [];
    expect(parts.every(({ isCached, upstreamIds }) => isCached && upstreamIds.length > 0)).toBe(true);
    expect(await metric(other, 'gateway_cache_total{outcome="hit"}')).toBeGreaterThan(5);
  });

  it('nothing in it tells of anybody, in any spelling', async () => {
    const subject = fresh(CITIZEN);
    const keys = await keysStored(() => ask(one, subject));
    const words = wordsOf(subject.expected.data as Json);
    expect(words.length).toBeGreaterThan(10);
    const spellings = words.flatMap((word) => {
      const bytes = Buffer.from(word);
      // Base64 of a part of something longer starts at one of three places.
      const inner = [0, 1, 2].map((skip) => bytes.subarray(skip).toString('base64').slice(0, -4));
      return [
        bytes,
        ...[bytes.toString('hex'), ...inner.filter((text) => text.length > 6)].map((text) =>
          Buffer.from(text),
        ),
      ];
    });
    const values = await client.mgetBuffer(...keys);
    for (const bytes of [...keys.map((key) => Buffer.from(key)), ...values]) {
      expect(bytes?.length).toBeGreaterThan(20);
      expect(spellings.filter((word) => bytes?.includes(word))).toEqual([]);
    }
    for (const key of keys) expect(await client.pttl(key)).toBeGreaterThan(0);
  });

  it.each([
    ['swapped among each other', (values: readonly Buffer[]) => [...values.slice(1), ...values.slice(0, 1)]],
    ['cut', (values: readonly Buffer[]) => values.map((value) => value.subarray(0, value.length - 3))],
    ['altered in the last byte', (values: readonly Buffer[]) => values.map(flipLastBit)],
    ['another text', (values: readonly Buffer[]) => values.map(() => Buffer.from('["found",{},null,1,[]]'))],
  ])('entries that are %s are misses and raise an alarm', async (_what, tamper) => {
    const alarmsAfterTampering = async (): Promise<number> => {
      const subject = fresh(CITIZEN);
      const keys = await keysStored(() => ask(one, subject));
      const values = (await client.mgetBuffer(...keys)).flatMap((value) => value ?? []);
      expect(values.length).toBeGreaterThan(5);
      const tampered = tamper(values);
      for (const [index, key] of keys.entries()) await client.set(key, tampered[index] ?? '', 'PX', 60_000);
      const before = await metric(other, 'gateway_cache_alarms_total{');
      expect(await callsFor(other, subject)).toBeGreaterThan(3);
      return (await metric(other, 'gateway_cache_alarms_total{')) - before;
    };
    // A read that Redis answers too late meets no entry at all: then another subject is asked.
    await expect.poll(alarmsAfterTampering, { timeout: 20_000, interval: 100 }).toBeGreaterThan(3);
    expect(other.logLines.some((line) => line.includes('cache.alarm'))).toBe(true);
  });

  it('keeps what nobody else’s keys could open', async () => {
    const stranger = await start(redis.url);
    const callsAfterStranger = async (): Promise<number> => {
      const subject = fresh(CITIZEN);
      await keysStored(() => ask(one, subject));
      expect(await callsFor(stranger, subject)).toBeGreaterThan(3);
      return callsFor(other, subject);
    };
    await expect.poll(callsAfterStranger, { timeout: 20_000, interval: 100 }).toBe(0);
  });

  it('full, it costs the cache and nothing else', async () => {
    const full = await startRedis(['--maxmemory', '1mb', '--maxmemory-policy', 'noeviction']);
    const filler = new Redis(full.url);
    filler.on('error', () => undefined);
    let isFull = false;
    for (let index = 0; index < 3_000 && !isFull; index++) {
      isFull = await filler.set(`filling:${index}`, 'x'.repeat(4_096)).then(
        () => false,
        () => true,
      );
    }
    expect(isFull).toBe(true);
    const gateway = await start(full.url, secrets);
    const subject = fresh(CITIZEN);
    for (let round = 0; round < 3; round++) expect(await callsFor(gateway, subject)).toBeGreaterThan(3);
    filler.disconnect();
    await full.stop();
    await ask(gateway, subject);
  });

  it('paused, it costs a small delay; afterwards it serves again', async () => {
    const subject = fresh(CITIZEN);
    await keysStored(() => ask(one, subject));
    redis.process.kill('SIGSTOP');
    try {
      for (let round = 0; round < 5; round++) {
        await ask(one, fresh(CITIZEN));
        await ask(other, subject);
      }
    } finally {
      redis.process.kill('SIGCONT');
    }
    let calls = 1;
    for (let attempt = 0; attempt < 60 && calls > 0; attempt++) {
      await delay(100);
      calls = await callsFor(other, subject);
    }
    expect(calls).toBe(0);
  });

  it('stopped, it costs the cache; started again, it serves again', async () => {
    const known = fresh(CITIZEN);
    await keysStored(() => ask(one, known));
    const { port } = redis;
    await redis.stop();
    const answers = Array.from({ length: 10 }, () => fresh(CITIZEN));
    for (const subject of answers.slice(0, 5)) await ask(one, subject);
    await Promise.all(answers.map((subject) => ask(other, subject)));
    expect(await callsFor(other, known)).toBeGreaterThan(3);
    expect((await fetch(one.url.replace('/graphql', '/health/ready'))).status).toBe(200);
    redis = await startRedis([], port);
    let calls = 1;
    for (let attempt = 0; attempt < 60 && calls > 0; attempt++) {
      await delay(100);
      calls = await callsFor(one, known);
    }
    expect(calls).toBe(0);
  });

  function flipLastBit(value: Buffer): Buffer {
    const flipped = Buffer.from(value);
    flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
    return flipped;
  }
});
