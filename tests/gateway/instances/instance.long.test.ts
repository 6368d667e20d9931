import { afterEach, describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import type { AccessLogWriter } from '../../../src/access-log/entry/access-log-writer.ts';
import {
  country,
  startTestGateway,
  type TestGateway,
  type TestGatewayOptions,
} from '../../support/gateway.ts';
import { registerCalls } from '../../support/edge.ts';

let gateway: TestGateway | null = null;

async function start(options: TestGatewayOptions = {}): Promise<TestGateway> {
  gateway = await startTestGateway(options);
  return gateway;
}

afterEach(async () => {
  await gateway?.close();
  gateway = null;
});

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text(), headers: response.headers };
};

function accessLog(over: Partial<AccessLogWriter>): AccessLogWriter {
  return { append: async () => null, isHealthy: () => true, close: async () => undefined, ...over };
}

/** The load of the agreements is recorded before the gateway starts at all. */
function forCallers(append: () => Promise<null>): AccessLogWriter['append'] {
  return (record) => ('detail' in record ? Promise.resolve(null) : append());
}

describe('health', () => {
  it('is live and ready, and says so without a token', async () => {
    const { url } = await start();
    const origin = new URL(url).origin;
    for (const path of ['/health/live', '/health/ready']) {
      const answer = await get(origin + path);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.text)).toEqual({ status: 'ok' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-gateway-mode')).toBe('demo');
    }
  });

  it('is live but not ready while the access log cannot be written', async () => {
    const { url } = await start({ overrides: { accessLog: accessLog({ isHealthy: () => false }) } });
    const origin = new URL(url).origin;
    expect((await get(`${origin}/health/live`)).status).toBe(200);
    const ready = await get(`${origin}/health/ready`);
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      503,
      { status: 'unavailable', reasons: ['access-log'] },
    ]);
  });
});

it('metrics are on the admin port only, and GraphQL is not there', async () => {
  const { url, adminUrl } = await start();
  expect((await get(new URL('/metrics', url).href)).status).toBe(404);
  const metrics = await get(`${adminUrl}/metrics`);
  expect(metrics.status).toBe(200);
  expect(metrics.text).toContain('gateway_answers_total');
  expect((await fetch(`${adminUrl}/graphql`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(`${adminUrl}/metrics`, { method: 'POST' })).status).toBe(405);
});

it('what cannot be put on record does not leave, neither data nor a refusal', async () => {
  const failing = accessLog({
    append: forCallers(() => Promise.reject(new GatewayError('ACCESS_LOG_UNAVAILABLE'))),
  });
  const { ask } = await start({ overrides: { accessLog: failing } });
  const [person] = country.people({});
  for (const query of ['query($id:ID!){citizen(personalId:$id){name{full}}}', '{__typename}', '{nothing}']) {
    const answer = await ask(query, query.includes('$id') ? { id: person?.personalId } : {});
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'ACCESS_LOG_UNAVAILABLE' } }],
    });
    expect(answer.headers.has('x-access-entry')).toBe(false);
    expect(answer.headers.get('retry-after')).toBe('1');
  }
});

it('an answer waits for its record', async () => {
  const gate = Promise.withResolvers<null>();
  const { ask } = await start({
    overrides: { accessLog: accessLog({ append: forCallers(() => gate.promise) }) },
  });
  let hasAnswer = false;
  const answer = ask('{__typename}').then((value) => {
    hasAnswer = true;
    return value;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(hasAnswer).toBe(false);
  gate.resolve(null);
  expect((await answer).status).toBe(200);
});

describe('the request’s own headers', () => {
  it('a request id is kept where it is well-formed, else replaced', async () => {
    const { ask } = await start();
    const kept = await ask('{__typename}', {}, { headers: { 'x-request-id': 'abc-1' } });
    expect(kept.headers.get('x-request-id')).toBe('abc-1');
    for (const id of ['a b', '', '001094000001', 'x'.repeat(65)]) {
      const answer = await ask('{__typename}', {}, { headers: { 'x-request-id': id } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('each answer has an access entry of its own, and callers cannot choose it', async () => {
    const { ask } = await start();
    const ids = new Set<string>();
    for (let index = 0; index < 20; index++) {
      const answer = await ask(
        '{__typename}',
        {},
        { headers: { 'x-access-entry': 'f'.repeat(32), 'x-request-id': 'same' } },
      );
      ids.add(answer.headers.get('x-access-entry') ?? '');
    }
    expect(ids.size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});

it('invented key ids do not make the gateway hammer the identity provider', async () => {
  const { ask, mocks, token } = await start();
  const before = token({});
  expect((await ask('{__typename}', {}, { token: before })).status).toBe(200);
  const fetches = mocks.identityProvider.log.calls;
  for (let index = 0; index < 50; index++) {
    const unknown = mocks.identityProvider.mintToken({
      clientId: 'inspectorate',
      header: { kid: `x${index}` },
    });
    expect((await ask('{__typename}', {}, { token: unknown })).errors[0]?.extensions.code).toBe(
      'UNAUTHENTICATED',
    );
  }
  expect(mocks.identityProvider.log.calls - fetches).toBeLessThanOrEqual(1);
});

it('a key set that cannot be fetched is KEY_SET_UNAVAILABLE, and no register is asked', async () => {
  const { ask, mocks } = await start();
  mocks.identityProvider.faults.set({ fault: 'status', status: 503 });
  const answer = await ask('{__typename}');
  expect(`${answer.status} ${answer.errors[0]?.extensions.code}`).toBe('503 KEY_SET_UNAVAILABLE');
  expect(answer.headers.has('x-access-entry')).toBe(false);
  mocks.identityProvider.faults.clear();
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await ask('{__typename}')).status).toBe(200);
  expect(registerCalls({ mocks })).toBe(0);
});
