import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { NOTICE_LIMITS } from '../../../src/cache/notices/change-notice.ts';
import { CompactSign } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { giveNotice, sendNoticeText, sendSignedNotice } from '../../support/registers/notices.ts';
import { hasRedisBinary, isSkippedWithout, startRedis, type OwnRedis } from '../../support/servers/redis.ts';

const NAME = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
/** No agreement that clears for protected persons has this client. */
const OFFICE = { client: 'hn-land-office', purpose: 'land-registration' };
const people = country.people({ with: ['land'] });

function nextPerson(): string {
  const { value } = people.next();
  if (!value) throw new Error('the country has too few');
  return value.personalId;
}

async function isSeen(gateway: TestGateway, id: string): Promise<boolean> {
  const answer = await gateway.ask(NAME, { id }, OFFICE);
  expect([answer.status, answer.errors]).toEqual([200, []]);
  return answer.data?.['citizen'] !== null;
}

function callsOf(gateway: TestGateway): number {
  return gateway.mocks.registers.population.log.calls;
}

describe('one instance', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('hides a person whom it has in its cache once their protection is noticed, and not before', async () => {
    const id = nextPerson();
    expect(await isSeen(gateway, id)).toBe(true);
    gateway.mocks.registers.population.protect?.(id);
    expect(await isSeen(gateway, id)).toBe(true);
    await giveNotice(gateway, [id]);
    expect(await isSeen(gateway, id)).toBe(false);
  });

  it('reads again what is about the subject, and nothing else', async () => {
    const [id, other] = [nextPerson(), nextPerson()];
    for (const one of [id, other]) await isSeen(gateway, one);
    await giveNotice(gateway, [id], 'CHANGED');
    const before = callsOf(gateway);
    await isSeen(gateway, other);
    expect(callsOf(gateway)).toBe(before);
    await isSeen(gateway, id);
    expect(callsOf(gateway)).toBeGreaterThan(before);
  });

  it('never brings an old record back by a call that left before the notice', async () => {
    const id = nextPerson();
    await isSeen(gateway, nextPerson());
    gateway.mocks.registers.population.faults.set({ fault: 'delay', ms: 300 });
    const early = isSeen(gateway, id);
    const before = callsOf(gateway);
    await expect.poll(() => callsOf(gateway)).toBeGreaterThan(before);
    gateway.mocks.registers.population.faults.clear();
    gateway.mocks.registers.population.protect?.(id);
    await giveNotice(gateway, [id]);
    expect(await early).toBe(true);
    expect(await isSeen(gateway, id)).toBe(false);
  });

  it('numbers notices of each register without a gap, and takes each once', async () => {
    const send = (seq: number, jti: string) =>
      sendSignedNotice(gateway, { jti, seq, kind: 'land.parcel', keys: ['x'], change: 'CHANGED' }, 'land');
    expect(await send(1, 'a')).toMatchObject({ status: 202 });
    expect(await send(3, 'c')).toEqual({ status: 409, body: { missing: 2 } });
    expect(await send(2, 'b')).toMatchObject({ status: 202 });
    expect(await send(3, 'c')).toEqual(await send(3, 'c'));
    expect(await send(4, 'd')).toMatchObject({ status: 202 });
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    expect(metrics).toContain('gateway_notices_total{register="land",outcome="new"} 4');
    expect(metrics).toContain('gateway_notices_total{register="land",outcome="repeated"} 1');
    expect(metrics).toContain('gateway_notices_total{register="land",outcome="skipped"} 1');
  });

  it('believes no other key, no other algorithm, no other register and no malformed claims', async () => {
    const claims = { seq: 1, kind: 'business.business', keys: ['0100109106'], change: 'CHANGED' };
    const payload = Buffer.from(JSON.stringify({ jti: 'j', ...claims }));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const foreign = await new CompactSign(payload).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    const byMac = await new CompactSign(payload)
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.alloc(32, 1));
    for (const text of ['', 'x', foreign, byMac, `${foreign.split('.')[0]}.e30.`]) {
      expect((await sendNoticeText(gateway, 'business', text)).status).toBe(401);
    }
    const asBusiness = (over: object) => sendSignedNotice(gateway, { ...claims, ...over }, 'business');
    expect((await asBusiness({ kind: 'population.person' })).status).toBe(400);
    expect((await asBusiness({ change: 'GONE' })).status).toBe(400);
    expect((await asBusiness({ keys: [] })).status).toBe(400);
    expect((await asBusiness({ keys: Array.from({ length: 1_001 }, String) })).status).toBe(400);
    expect((await asBusiness({})).status).toBe(202);
    expect((await sendNoticeText(gateway, 'business', 'x'.repeat(300_000))).status).toBe(413);
    expect((await sendNoticeText(gateway, 'nobody', 'x')).status).toBe(404);
  });
});

it('takes notices while slow senders hold as many bodies open as are read at once', async () => {
  const gateway = await startTestGateway();
  const { port, hostname } = new URL(gateway.url);
  const slow = Array.from({ length: NOTICE_LIMITS.underWay.value + 8 }, () => {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write('POST /notices/land HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nx');
    return socket;
  });
  await expect.poll(() => slow.filter(({ closed }) => closed).length, { timeout: 5_000 }).toBeGreaterThan(0);
  const claims = { seq: 1, kind: 'land.parcel', keys: ['x'], change: 'CHANGED' };
  expect((await sendSignedNotice(gateway, claims, 'land')).status).toBe(202);
  for (const socket of slow) socket.destroy();
  await gateway.close();
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('two instances over one Redis', () => {
  const secrets = mkdtempSync(join(tmpdir(), 'ndg-secrets-'));
  let redis: OwnRedis;
  let one: TestGateway;
  let other: TestGateway;

  beforeAll(async () => {
    redis = await startRedis();
    const environment = { REDIS_URL: redis.url, SECRETS_DIR: secrets };
    one = await startTestGateway({ environment });
    other = await startTestGateway({ environment, mocks: one.mocks });
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    await redis.stop();
    rmSync(secrets, { recursive: true, force: true });
  });

  /** Asks until an answer needs no call: both hear of notices, and have it in the cache. */
  async function warm(id: string): Promise<void> {
    for (const gateway of [one, other]) {
      await expect
        .poll(async () => {
          const before = callsOf(one);
          await isSeen(gateway, id);
          return callsOf(one) - before;
        })
        .toBe(0);
    }
  }

  it('both honour a notice that one of them has acknowledged', async () => {
    const id = nextPerson();
    await warm(id);
    one.mocks.registers.population.protect?.(id);
    await giveNotice(one, [id]);
    expect(await isSeen(one, id)).toBe(false);
    await expect.poll(() => isSeen(other, id), { timeout: 1_000, interval: 20 }).toBe(false);
  });

  it('without the bus they read live and take no notice, and nothing old is served once it is back', async () => {
    const id = nextPerson();
    await warm(id);
    one.mocks.registers.population.protect?.(id);
    await redis.stop();
    for (const gateway of [one, other]) {
      await expect.poll(() => isSeen(gateway, id), { timeout: 2_000, interval: 20 }).toBe(false);
    }
    const refused = { seq: 9, kind: 'population.person', keys: [id], change: 'PROTECTION' };
    expect((await sendSignedNotice(one, refused)).status).toBe(503);
    redis = await startRedis([], redis.port);
    const plain = nextPerson();
    await warm(plain);
    for (const gateway of [one, other]) expect(await isSeen(gateway, id)).toBe(false);
    await giveNotice(one, [id]);
  });
});
