import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DailyReport } from '../../../src/watch/report/daily-report.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { runNdg } from '../../support/run-ndg.ts';

/** The daily report over HTTP and by the command: for the centre alone, signed, and never about a person. */

const REPORT = `query ($day: String!) { dailyReport(day: $day) { day capturedAt isProvisional statement signature html csv } }`;
const CENTRE = { client: 'centre', purpose: null, caseId: null };
const dayAgo = (days: number): string =>
  new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10);

let gateway: TestGateway;
let person = '';
beforeAll(async () => {
  gateway = await startTestGateway();
  const [one] = country.people({ unit: '00070' });
  person = one?.personalId ?? '';
});
afterAll(() => gateway.close());

const ask = (day: string, caller: object = CENTRE) => gateway.ask(REPORT, { day }, caller);

test('the centre gets today’s report, with counts of what was just asked and nobody in it', async () => {
  const desk = {
    client: 'hn-hoankiem-civil',
    purpose: 'civil-status-registration',
    officer: 'tran.thi.binh',
  };
  const look = (caseId: string) =>
    gateway.ask(
      'query ($id: ID!) { citizen(personalId: $id) { name { full } } }',
      { id: person },
      { ...desk, caseId },
    );
  const answer = await look('H26-261121-0001');
  await look('H26-261121-9001');
  const { citizen } = answer.data as unknown as {
    readonly citizen: { readonly name: { readonly full: string } };
  };
  const name = citizen.name.full;
  const { status, data, errors, text } = await ask(dayAgo(0));
  expect([status, errors]).toEqual([200, []]);
  const told = data?.['dailyReport'] as Readonly<Record<string, string>>;
  const report = JSON.parse(told['statement'] ?? '') as DailyReport;
  expect(report).toMatchObject({ kind: 'daily-report', isProvisional: true, before: null });
  expect(report.offices).toMatchObject([
    { code: 'hn-hoankiem-civil', province: '01', answers: 2, refused: 1 },
  ]);
  expect(report.codes).toContainEqual({ name: 'CASE_NOT_VALID', answers: 1, refused: 1 });
  expect(report.registers.find(({ register }) => register === 'population')).toMatchObject({ answers: 1 });
  expect(told['signature']).toContain('national-data-gateway/demo daily-report v1\n');
  expect(told['html']).toContain('Số liệu tạm thời');
  for (const hidden of [person, name, 'tran.thi.binh', 'H26-261121']) expect(text).not.toContain(hidden);
});

test('nobody else gets it, and a day that is none is told', async () => {
  expect(
    faultsOf(await ask(dayAgo(0), { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' })),
  ).toEqual(['dailyReport FIELD_NOT_GRANTED']);
  for (const day of ['30/11/2026', dayAgo(-1), '2020-01-01']) {
    const wrong = await ask(day);
    expect([wrong.status, wrong.errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  }
});

test('the command makes a day’s report anew beside the running gateway, and checks its signature', async () => {
  const environment = {
    DATA_DIR: gateway.dataDirectory,
    SECRETS_DIR: gateway.secretsDirectory,
    INSTANCE_ID: 'demo',
    AGREEMENTS_DIR: 'mocks/agreements',
  };
  const day = dayAgo(1);
  const made = await runNdg(['report', '--day', day, '--by', 'test'], environment);
  expect(made.status).toBe(0);
  const { folder } = JSON.parse(made.stdout) as { readonly folder: string };
  const keys = await runNdg(['log', 'keys'], environment);
  const check = () => runNdg(['report', '--verify', folder, '--key', keys.stdout.trim()]);
  expect(await check()).toMatchObject({ status: 0 });
  // The gateway gives what is kept.
  const kept = (await ask(day)).data?.['dailyReport'] as Readonly<Record<string, string>>;
  const file = join(folder, 'report.json');
  expect(kept['statement']).toBe(readFileSync(file, 'utf8'));
  writeFileSync(file, (kept['statement'] ?? '').replace('"answers":0', '"answers":9'));
  expect(await check()).toMatchObject({ status: 1 });
  expect((await runNdg(['report', '--day', '2026-13-01'], environment)).status).toBe(2);
  expect((await runNdg(['report', '--day', day], { ...environment, AGREEMENTS_DIR: '' })).status).toBe(1);
  const auditor = { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' };
  const acts = await gateway.ask(
    '{ accessLog(filter: { client: "gateway", purpose: "daily-report" }) { entries { detail } } }',
    {},
    auditor,
  );
  expect(JSON.stringify(acts.data)).toContain(day);
});
