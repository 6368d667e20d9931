import { afterEach, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway | undefined;
afterEach(() => gateway?.close());

const PORTAL = 'https://portal.example';
const BODY = JSON.stringify({ query: '{ __typename }' });

it('by default no origin may read an answer, and there is no preflight', async () => {
  gateway = await startTestGateway();
  const preflight = await fetch(gateway.url, { method: 'OPTIONS', headers: { origin: PORTAL } });
  expect(preflight.status).toBe(405);
  const answer = await gateway.send(BODY, { headers: { origin: PORTAL } });
  expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('CORS_ORIGINS lets the scripts of these origins ask and read the ids', async () => {
  gateway = await startTestGateway({
    environment: { CORS_ORIGINS: `${PORTAL}, http://localhost:5173` },
  });
  const preflightOf = (origin: string) =>
    fetch(gateway?.url ?? '', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
  const preflight = await preflightOf(PORTAL);
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(PORTAL);
  expect(preflight.headers.get('access-control-allow-methods')).toBe('POST');
  expect(preflight.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-case-id');
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  expect(preflight.headers.get('vary')).toBe('Origin');

  const answer = await gateway.send(BODY, { headers: { origin: 'http://localhost:5173' } });
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  expect(answer.headers.get('access-control-expose-headers')).toContain('X-Access-Entry');
  const refused = await gateway.send(BODY, { token: null, headers: { origin: PORTAL } });
  expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, PORTAL]);

  for (const origin of ['https://portal.example.evil.example', 'https://portal.example:444', 'null']) {
    const foreign = await preflightOf(origin);
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([204, null]);
    const other = await gateway.send(BODY, { headers: { origin } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  }
  const health = await fetch(new URL('/health/live', gateway.url), { headers: { origin: PORTAL } });
  expect(health.headers.get('access-control-allow-origin')).toBeNull();
});

it.each(['*', 'portal.example', 'https://portal.example/', 'https://portal.example/path', 'null'])(
  'CORS_ORIGINS=%s stops the start',
  async (origins) => {
    await expect(startTestGateway({ environment: { CORS_ORIGINS: origins } })).rejects.toThrow(
      'CORS_ORIGINS must be origins',
    );
  },
);
