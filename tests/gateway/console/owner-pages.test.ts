import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  ConsoleGrantUsageQuery,
  ConsoleOwnerEntriesQuery,
} from '../../../src/generated/console-operations.ts';
import { buildConsoleBrowser, type ConsoleBrowser } from '../../support/console-browser.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** A register owner's pages over HTTP. */

let gateway: TestGateway;
let owner: ConsoleBrowser;
let someone = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  const [person] = country
    .people({ with: ['marriage'] })
    .take(1)
    .toArray();
  someone = person?.personalId ?? '';
  const named = 'query($id: ID!) { citizen(personalId: $id) { name { full } birthDate } }';
  for (let n = 0; n < 12; n += 1) {
    await gateway.ask(named, { id: person?.personalId }, { officer: 'le.van.an' });
  }
  owner = buildConsoleBrowser(gateway.url);
  await owner.signIn('chu.quan.01');
});
afterAll(() => gateway.close());

it('tells what each agreement grants of the register and never uses, with the smaller grant', async () => {
  const answer = await owner.ask('grant-usage', { days: 90 });
  const { data } = (await answer.json()) as { readonly data: ConsoleGrantUsageQuery };
  const inspection = data.grantUsage?.find((grant) => grant?.purpose === 'inspection');
  expect(inspection).toMatchObject({ receiver: 'Thanh tra Chính phủ', answers: 12 });
  const used = (inspection?.used ?? []).map((field) => field?.coordinate);
  expect(used.toSorted()).toEqual(['Citizen.birthDate', 'PersonName.full']);
  expect((inspection?.neverUsed ?? []).length).toBeGreaterThan(5);
  expect(() => parse(inspection?.smallerGrant ?? '')).not.toThrow();
});

it('tells to whom it disclosed and under which agreement, never about whom', async () => {
  const answer = await owner.ask('owner-entries', { filter: { client: 'inspectorate' } });
  const text = await answer.text();
  const { data } = JSON.parse(text) as { readonly data: ConsoleOwnerEntriesQuery };
  expect(data.accessLog?.entries).toHaveLength(12);
  expect(data.accessLog?.entries?.[0]).toMatchObject({
    agency: 'Thanh tra Chính phủ',
    agreement: 'asset-inspection',
    disclosed: [{ register: 'population' }],
  });
  expect(text).not.toContain(someone);
  const counted = await owner.ask('counts', { by: 'CLIENT', filter: { client: 'inspectorate' } });
  expect(await counted.json()).toMatchObject({
    data: { accessLogCounts: [{ value: 'inspectorate', answers: 12 }] },
  });
});

it.each(['kiem.toan.01', 'citizen-1'])('refuses %s with 403, on record', async (account) => {
  const other = buildConsoleBrowser(gateway.url);
  await other.signIn(account);
  for (const answer of [await other.get('/console/grants'), await other.ask('grant-usage')]) {
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-access-entry')).toMatch(/./);
  }
});
