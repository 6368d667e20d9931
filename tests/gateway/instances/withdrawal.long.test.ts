import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildFolderGateways,
  codeOf,
  MARGIN_MS,
  PROMISED_MS,
  type FolderGateway,
} from '../../support/folder-gateways.ts';
import { country, type TestAnswer } from '../../support/gateway.ts';
import { rawConnection } from '../../support/servers/raw-http.ts';
import {
  delay,
  hasRedisBinary,
  isSkippedWithout,
  startRedis,
  type OwnRedis,
} from '../../support/servers/redis.ts';

const [person] = country.people({});
const personalId = person?.personalId ?? '';

const folders = buildFolderGateways();
afterAll(() => folders.close());

const ask = ({ gateway }: FolderGateway): Promise<TestAnswer> =>
  gateway.ask('query ($id: ID!) { citizen(personalId: $id) { personalId birthDate } }', { id: personalId });

/** Asks on and on until another code comes than before: that code, and whether it came as soon as promised. */
async function changeOf(
  instance: FolderGateway,
  before: string,
): Promise<readonly [code: string, isSoon: boolean]> {
  const startedAt = performance.now();
  for (;;) {
    const code = codeOf(await ask(instance));
    const tookMs = performance.now() - startedAt;
    if (code !== before || tookMs > 4 * PROMISED_MS) return [code, tookMs < PROMISED_MS + MARGIN_MS];
    await delay(20);
  }
}

describe('without Redis, under load', () => {
  let one: FolderGateway;
  beforeAll(async () => {
    one = await folders.start('alone');
  });

  it('a new version is taken up whole: each answer is of the one or the other, and never the old one again', async () => {
    const strict = one
      .read('inspection.yaml')
      .replace('version: 1', 'version: 7')
      .replace('partial', 'strict');
    setTimeout(() => one.put('inspection.yaml', strict), 300);
    const beyond = 'query ($id: ID!) { citizen(personalId: $id) { personalId religion } }';
    const callers = Array.from({ length: 4 }, async () => {
      const codes: string[] = [];
      for (const startedAt = performance.now(); performance.now() - startedAt < 2 * PROMISED_MS;) {
        codes.push(codeOf(await one.gateway.ask(beyond, { id: personalId })));
        // On for a while under the new one.
        if (codes.indexOf('STRICT_DENIED') >= 0 && codes.indexOf('STRICT_DENIED') < codes.length - 20) break;
      }
      return codes.filter((code, index) => code !== codes[index - 1]);
    });
    const turns = await Promise.all(callers);
    expect(turns).toEqual(turns.map(() => ['OK', 'STRICT_DENIED']));
    one.put('inspection.yaml', strict.replace('version: 7', 'version: 8').replace('strict', 'partial'));
  });

  it('a withdrawal takes effect while another file is faulty, and so does its end', async () => {
    one.put('land-registration.yaml', 'x');
    await delay(100);
    one.put('withdrawn.yaml', 'agreements: [{ id: asset-inspection }]');
    expect(await changeOf(one, 'OK')).toEqual(['AGREEMENT_EXPIRED', true]);
    one.take('withdrawn.yaml');
    expect(await changeOf(one, 'AGREEMENT_EXPIRED')).toEqual(['OK', true]);
  });

  it('a suspended client is refused its tokens, also where its body was under way already', async () => {
    const { url } = one.gateway;
    const body = JSON.stringify({ query: `{ citizen(personalId: "${personalId}") { birthDate } }` });
    const slow = await rawConnection(Number(new URL(url).port));
    slow.write(
      `POST /graphql HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\ncontent-type: application/json\r\n` +
        `authorization: Bearer ${one.gateway.token({})}\r\nx-purpose: inspection\r\nx-case-id: H26-261121-0001\r\n` +
        `content-length: ${body.length}\r\n\r\n${body.slice(0, 9)}`,
    );
    one.put('withdrawn.yaml', 'suspended: { clients: [inspectorate] }');
    expect(await changeOf(one, 'OK')).toEqual(['TOKEN_REVOKED', true]);
    slow.write(body.slice(9));
    expect(await slow.ended).toMatch(/^HTTP\/1\.1 401 [\s\S]*"code":"TOKEN_REVOKED"/);
    one.take('withdrawn.yaml');
    expect(await changeOf(one, 'TOKEN_REVOKED')).toEqual(['OK', true]);
  });

  it('what cannot be confirmed is refused, until it can', async () => {
    one.put('withdrawn.yaml', 'agreements: [');
    expect(await changeOf(one, 'OK')).toEqual(['AGREEMENT_UNCONFIRMED', true]);
    one.take('withdrawn.yaml');
    expect(await changeOf(one, 'AGREEMENT_UNCONFIRMED')).toEqual(['OK', true]);
  });
});

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('with Redis', () => {
  let redis: OwnRedis;
  let bound: FolderGateway;
  let free: FolderGateway;

  beforeAll(async () => {
    redis = await startRedis();
    bound = await folders.start('bound', {
      environment: { REDIS_URL: redis.url, AGREEMENT_LEASES: 'redis' },
    });
    free = await folders.start('free', { environment: { REDIS_URL: redis.url } });
  });
  afterAll(() => redis.stop());

  it('a withdrawal in one instance’s folder takes effect on the other', async () => {
    expect([codeOf(await ask(bound)), codeOf(await ask(free))]).toEqual(['OK', 'OK']);
    free.put('withdrawn.yaml', 'agreements: [{ id: asset-inspection }]');
    expect(await changeOf(bound, 'OK')).toEqual(['AGREEMENT_EXPIRED', true]);
    expect(await changeOf(free, 'OK')).toEqual(['AGREEMENT_EXPIRED', true]);
    free.take('withdrawn.yaml');
    expect(await changeOf(bound, 'AGREEMENT_EXPIRED')).toEqual(['OK', true]);
  });

  it('an instance that is cut off refuses where its lease needs Redis, and goes on where it does not', async () => {
    await redis.stop();
    expect(await changeOf(bound, 'OK')).toEqual(['AGREEMENT_UNCONFIRMED', true]);
    expect(codeOf(await ask(free))).toBe('OK');
    redis = await startRedis([], redis.port);
    expect(await changeOf(bound, 'AGREEMENT_UNCONFIRMED')).toEqual(['OK', true]);
  });
});
