import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPLORER_CALLERS, EXPLORER_EXAMPLES } from '../../../mocks/explorer/examples.ts';
import { buildExplorer } from '../../../mocks/explorer/explorer.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
let id = '';

beforeAll(async () => {
  const [person] = country.people({ with: ['land', 'business', 'marriage'] });
  id = person?.personalId ?? '';
  gateway = await startTestGateway({ overrides: { explorer: buildExplorer(id) } });
});
afterAll(() => gateway.close());

const get = (path: string, accept: string) =>
  fetch(new URL(path, gateway.url), { headers: { accept }, redirect: 'error' });

it('GET /graphql is a page for a browser alone, under a policy that lets it fetch from nowhere else', async () => {
  const page = await get('/graphql', 'text/html,application/xhtml+xml,*/*;q=0.8');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  const html = await page.text();
  expect(html).not.toMatch(/https?:\/\//);
  const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(files).toHaveLength(6);
  for (const path of files) {
    const file = await get(path, '*/*');
    expect([path, file.status, (await file.text()).length > 100]).toEqual([path, 200, true]);
  }
  for (const accept of ['*/*', 'application/json', 'application/graphql-response+json']) {
    expect((await get('/graphql', accept)).status).toBe(405);
  }
});

describe.each(EXPLORER_EXAMPLES)('the worked example "$title"', ({ client, query }) => {
  it('is answered', async () => {
    const { purpose = null, caseId = null } = EXPLORER_CALLERS.find((one) => one.client === client) ?? {};
    const caller = client === 'vneid' ? { citizen: id } : { client, officer: 'le.van.an' };
    const answer = await gateway.ask(query, query.includes('$id') ? { id } : {}, {
      ...caller,
      purpose,
      caseId,
    });
    expect(answer.status).toBe(200);
    const wanted = query.includes('religion') ? ['FIELD_NOT_GRANTED'] : [];
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(wanted);
    expect(answer.data).toBeTruthy();
  });
});

it('without the demo’s explorer GET is 405, and its files are not there', async () => {
  const plain = await startTestGateway();
  const ask = (path: string) => fetch(new URL(path, plain.url), { headers: { accept: 'text/html' } });
  const statuses = [(await ask('/graphql')).status, (await ask('/explorer/page.js')).status];
  await plain.close();
  expect(statuses).toEqual([405, 404]);
});
