import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawExchange } from '../../support/servers/raw-http.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { newKey } from '../../identity/fixtures.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';
const BODY = JSON.stringify({ query: '{ viewer: __typename }' });

describe('every refusal', () => {
  const cases: readonly (readonly [name: string, init: RequestInit, status: number])[] = [
    ['without a token', { method: 'POST', body: BODY }, 401],
    ['a GET', { method: 'GET' }, 405],
    ['an OPTIONS', { method: 'OPTIONS' }, 405],
    ['a PUT', { method: 'PUT', body: BODY }, 405],
  ];

  it.each(cases)('%s leaves in the media type that was accepted', async (_name, init, status) => {
    const ask = (accept: string) => fetch(gateway.url, { ...init, headers: { accept } });
    const preferred = await ask('application/graphql-response+json, application/json;q=0.9');
    expect([preferred.status, preferred.headers.get('content-type')]).toEqual([status, GRAPHQL_TYPE]);
    const plain = await ask('application/json');
    expect(plain.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await preferred.json()).toEqual(await plain.json());
  });

  it.each(cases)('%s has the request id of its caller, or a new one', async (_name, init) => {
    const ask = (id: string) => fetch(gateway.url, { ...init, headers: { 'x-request-id': id } });
    expect((await ask('my-request-1')).headers.get('x-request-id')).toBe('my-request-1');
    const made = (await ask('001094000001')).headers.get('x-request-id');
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['413', { 'content-type': 'application/json' }, ' '.repeat(300_000), 413, 'OPERATION_TOO_LARGE'],
    ['a content coding', { 'content-encoding': 'gzip' }, BODY, 415, 'BAD_REQUEST'],
    ['no JSON', { 'content-type': 'text/plain' }, BODY, 400, 'BAD_REQUEST'],
    [
      'an unknown purpose',
      { 'x-purpose': 'nothing' },
      '{"query":"{citizen(personalId:\\"1\\"){personalId}}"}',
      403,
      'PURPOSE_UNKNOWN',
    ],
  ])('%s of a known caller does too', async (_name, headers, body, status, code) => {
    const answer = await gateway.send(body, {
      headers: { accept: 'application/graphql-response+json', 'x-request-id': 'own-1', ...headers },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    expect(answer.headers.get('x-request-id')).toBe('own-1');
    expect(answer.errors[0]?.extensions.code).toBe(code);
    expect(answer.headers.get('accept-encoding')).toBe(status === 415 ? 'identity' : null);
  });

  it.each(['/nothing', '/health/live', '/health/ready'])('%s has a request id', async (path) => {
    const response = await fetch(new URL(path, gateway.url));
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(['EHLO there\r\n\r\n', 'POST /graphql HTTP/1.1\r\nConnection: close\r\n\r\n'])(
    'so has what is no request (%j)',
    async (text) => {
      expect(await rawExchange(gateway.gateway.port, text)).toMatch(/x-request-id: [0-9a-f-]{36}\r\n/i);
    },
  );
});

it('405 says which settings make a client ask by POST', async () => {
  const response = await fetch(`${gateway.url}?query=%7B__typename%7D`);
  expect(response.headers.get('allow')).toBe('POST');
  const { errors } = (await response.json()) as { errors: { message: string }[] };
  expect(errors[0]?.message).toContain('preferGetMethod: false');
});

describe('a refused token', () => {
  const refusals = (reason: string) =>
    gateway.logLines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg, reason: given }) => msg === 'token.refused' && given === reason);

  it.each([
    ['signature', { key: newKey('demo-es256-1') }],
    ['key-unknown', { header: { kid: 'nobody' } }],
    ['algorithm', { header: { alg: 'RS256' } }],
    ['type', { header: { typ: 'JWT' } }],
    ['critical-header', { header: { crit: ['x5t'], x5t: 'AA' } }],
    ['issuer', { claims: { iss: 'https://idp.other.example/' } }],
    ['audience', { claims: { aud: 'another' } }],
    ['time', { claims: { exp: '1' } }],
    ['lifetime', { ttlSeconds: 3_601 }],
    ['not-yet-valid', { now: Date.now() + 120_000 }],
    ['claims', { claims: { jti: undefined } }],
    ['client-unknown', { clientId: 'nobody' }],
    ['scope', { scope: 'auditor' }],
    ['subject', { clientId: 'vneid', sub: 'lan' }],
    ['expired', { now: Date.now() - 3_600_000, ttlSeconds: 600 }],
  ])('leaves its reason for the operator alone: %s', async (reason, forged) => {
    const token = gateway.mocks.identityProvider.mintToken({ clientId: 'inspectorate', ...forged });
    const answer = await gateway.send(BODY, { token, headers: { 'x-request-id': `about-${reason}` } });
    const code = reason === 'expired' ? 'TOKEN_EXPIRED' : 'UNAUTHENTICATED';
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([401, code]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(answer.text).not.toContain(reason === 'expired' ? 'expired.reason' : reason);
    expect(refusals(reason)).toEqual([
      expect.objectContaining({ level: 40, code, requestId: `about-${reason}` }),
    ]);
    const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
    expect(metrics).toContain(`gateway_tokens_refused_total{reason="${reason}"} 1`);
    expect(gateway.logLines.join('')).not.toContain(token);
  });

  it('that is no token at all is malformed; without one nothing is wrong with it', async () => {
    const malformed = await gateway.send(BODY, { token: 'a.b' });
    expect(malformed.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(refusals('malformed')).toHaveLength(1);
    const absent = await gateway.send(BODY, { token: null });
    expect(absent.headers.get('www-authenticate')).toBe('Bearer');
    expect(refusals('absent')).toEqual([]);
  });

  it('in a flood costs few lines', async () => {
    const before = gateway.logLines.length;
    await Promise.all(Array.from({ length: 60 }, () => gateway.send(BODY, { token: 'a.b.c' })));
    const written = gateway.logLines.length - before;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThanOrEqual(20);
  });
});

describe('heads that two servers could read differently', () => {
  const head = (lines: string): string =>
    `POST /graphql HTTP/1.1\r\n${lines}Connection: close\r\nContent-Length: 0\r\n\r\n`;
  it.each([
    ['two hosts', 'Host: a\r\nHost: b\r\n', 400],
    ['one host twice', 'Host: a\r\nHost: a\r\n', 400],
    ['a host with a path', 'Host: a/b\r\n', 400],
    ['two tokens', 'Host: a\r\nAuthorization: Bearer a.b.c\r\nAuthorization: Bearer d.e.f\r\n', 400],
    ['two media types', 'Host: a\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\n', 400],
    ['one media type twice', 'Host: a\r\nContent-Type: text/plain\r\ncontent-type: text/plain\r\n', 401],
    ['a host with a port', 'Host: [::1]:4000\r\n', 401],
  ])('%s: %i', async (_name, lines, status) => {
    expect(await rawExchange(gateway.gateway.port, head(lines))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it.each([
    ['POST http://gateway.example/graphql', 401],
    ['POST HTTP://gateway.example:4000/graphql?x=1', 401],
    ['GET http://gateway.example/graphql', 405],
    ['GET http://gateway.example', 404],
    ['GET http://gateway.example/health/live', 200],
  ])('the absolute form is read (%s)', async (line, status) => {
    const text = `${line} HTTP/1.1\r\nHost: other\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
    expect(await rawExchange(gateway.gateway.port, text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('/metrics', () => {
  const ask = (host: string, target = '/metrics') =>
    rawExchange(
      gateway.gateway.adminPort,
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );

  it.each([
    ['127.0.0.1:9', 200],
    ['localhost', 200],
    ['[::1]', 200],
    ['rebound.example', 421],
    ['127.0.0.1.rebound.example', 421],
    ['10.0.0.1', 421],
    ['', 421],
  ])('asked by the host name %s: %i', async (host, status) => {
    expect(await ask(host)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('looks at the absolute form before Host', async () => {
    expect(await ask('127.0.0.1', 'http://rebound.example/metrics')).toMatch(/^HTTP\/1.1 421 /);
  });
});
