import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildConsoleBrowser } from '../../support/console-browser.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

function browser() {
  return buildConsoleBrowser(gateway.url);
}

it('leads to the sign-in and back to the page that was asked for', async () => {
  const one = browser();
  const asked = await one.get('/console/entries?officer=le.van.an');
  expect(asked.status).toBe(303);
  expect(asked.headers.get('location')).toBe(
    `/console/sign-in?to=${encodeURIComponent('/console/entries?officer=le.van.an')}`,
  );
  const page = await one.signIn('kiem.toan.01', '/console/entries?officer=le.van.an');
  expect(page.status).toBe(200);
  expect(page.url).toBe(`${one.origin}/console/entries?officer=le.van.an`);
  expect(await one.session()).toMatchObject({ kind: 'auditor', order: null, agency: expect.any(String) });
});

it('leads nowhere else after the sign-in', async () => {
  for (const to of ['//evil.example/', 'https://evil.example/', '/graphql', '/console/entries/../x']) {
    const page = await browser().signIn('kiem.toan.01', to);
    expect(new URL(page.url).pathname).toBe('/console/entries');
    expect(new URL(page.url).host).toBe(new URL(gateway.url).host);
  }
});

it('gives the browser no token, and a cookie that no script reads', async () => {
  const one = browser();
  const page = await one.signIn('kiem.toan.01');
  const texts = [await page.text(), JSON.stringify(await one.session()), ...one.cookies.values()];
  for (const text of texts) expect(text).not.toMatch(/eyJ[\w-]+\./);
  const left = await one.get('/console/sign-in');
  expect(left.headers.get('set-cookie')).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/);
});

it('sends strict headers with every answer', async () => {
  const one = browser();
  const paths = ['/console', '/console/sign-in', '/console/callback', '/console/session', '/console/entries'];
  for (const path of paths) {
    const { headers } = await one.get(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

it('asks data through the pipeline, under the order that the session holds', async () => {
  const one = browser();
  await one.signIn('kiem.toan.01');
  const without = await one.ask('entries');
  expect(await without.json()).toMatchObject({ errors: [{ extensions: { code: 'CASE_REQUIRED' } }] });
  expect((await one.post('/console/order', { order: 'no order' })).status).toBe(400);
  expect((await one.post('/console/order', { order: 'KT-261121-0001' })).status).toBe(200);
  const found = await one.ask('entries', { filter: { client: 'inspectorate' } });
  expect(found.status).toBe(200);
  expect(found.headers.get('x-access-entry')).toMatch(/./);
  expect(await found.json()).toMatchObject({ data: { accessLog: { entries: [] } } });
});

it('acts for a session only when its own page asks', async () => {
  const one = browser();
  await one.signIn('kiem.toan.01');
  const body = { operation: 'entries', variables: {} };
  const foreign: readonly Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { 'x-console-token': 'x' },
    { 'x-console-token': '' },
    { 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) {
    for (const path of ['/console/graphql', '/console/order', '/console/sign-out']) {
      expect((await one.post(path, body, headers)).status).toBe(403);
    }
  }
  expect((await one.get('/console/session')).status).toBe(200);
  const text = '{ __typename }';
  expect((await one.post('/console/graphql', { query: text })).status).toBe(400);
  expect((await one.ask('unknown')).status).toBe(400);
});

it('refuses another role’s page and data with 403, on record', async () => {
  const citizen = browser();
  await citizen.signIn('citizen-1');
  const page = await citizen.get('/console/entries');
  const data = await citizen.ask('entries');
  expect([page.status, data.status]).toEqual([403, 403]);
  const auditor = browser();
  await auditor.signIn('kiem.toan.01');
  await auditor.post('/console/order', { order: 'KT-261121-0001' });
  for (const answer of [page, data]) {
    const entry = answer.headers.get('x-access-entry');
    const found = await auditor.ask('entries', { filter: { entry } });
    expect(await found.json()).toMatchObject({
      data: { accessLog: { entries: [{ id: entry, client: 'vneid', code: 'PURPOSE_NOT_GRANTED' }] } },
    });
  }
});

it('tells an account without a page so, on record', async () => {
  const page = await browser().signIn('le.van.an');
  expect(page.status).toBe(403);
  expect(page.headers.get('x-access-entry')).toMatch(/./);
});

it('ends all sessions of a person at once, and those of nobody else', async () => {
  const [one, two, other] = [browser(), browser(), browser()];
  await one.signIn('kiem.toan.01');
  await two.signIn('kiem.toan.01');
  await other.signIn('chu.quan.01');
  const left = await one.post('/console/sign-out', {});
  const { to } = (await left.json()) as { readonly to: string };
  expect(new URL(to).pathname).toBe('/end_session');
  const back = await fetch(to, { redirect: 'manual' });
  expect(back.headers.get('location')).toBe(`${one.origin}/console/signed-out`);
  expect((await one.get('/console/session')).status).toBe(401);
  expect((await two.get('/console/session')).status).toBe(401);
  expect((await other.get('/console/session')).status).toBe(200);
  await one.signIn('kiem.toan.01');
  expect((await one.get('/console/session')).status).toBe(200);
});

it('takes a sign-in once, in the browser that began it', async () => {
  const [one, two] = [browser(), browser()];
  const left = await one.get('/console/sign-in');
  const choice = new URL(left.headers.get('location') ?? '');
  choice.searchParams.set('account', 'kiem.toan.01');
  const callback = (await fetch(choice, { redirect: 'manual' })).headers.get('location') ?? '';
  const { pathname, search } = new URL(callback);
  expect((await two.get(`${pathname}${search}`)).status).toBe(400);
  expect((await one.get(`${pathname}${search}x`)).status).toBe(400);
  expect((await one.get(`${pathname}${search}`)).status).toBe(303);
  expect((await one.get(`${pathname}${search}`)).status).toBe(400);
});

it('is not reached by a foreign host name', async () => {
  const { request } = await import('node:http');
  const { port } = new URL(gateway.url);
  const status = await new Promise((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', path: '/console', headers: { host: 'evil.example' } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.on('error', reject).end();
  });
  expect(status).toBe(421);
});
