import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { openNote } from '../../../src/log-format/notes/signed-note.ts';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import { readSecrets } from '../../../src/config/secrets/read-secrets.ts';
import { recordOf, rootOf } from '../../support/edge.ts';
import {
  country,
  startTestGateway,
  type Caller,
  type Json,
  type TestGateway,
} from '../../support/gateway.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';

/** Whom to notify when a client, an officer or a key is compromised, over HTTP. */

let gateway: TestGateway;
const people = country.people({ with: ['land'] });
const AUDITOR: Caller = { client: 'auditor', officer: 'ktv.minh', purpose: null, caseId: 'KT-261121-0001' };
const PERIOD = { from: '2026-01-01T00:00:00Z', to: '2028-01-01T00:00:00+07:00' };
const persons = people
  .take(12)
  .map(({ personalId }) => personalId)
  .toArray();

beforeAll(async () => {
  gateway = await startTestGateway();
  for (const [at, id] of persons.entries()) {
    const officer = at < 8 ? 'ke.gian' : 'nguoi.tot';
    await gateway.ask(
      'query($id: ID!) { citizen(personalId: $id) { name { full } sex } }',
      { id },
      { officer },
    );
  }
  // Somebody seen twice is one subject; who was not found was told of nothing.
  await gateway.ask(
    'query($id: ID!) { citizen(personalId: $id) { birthDate } }',
    { id: persons[0] },
    { officer: 'ke.gian' },
  );
  await gateway.ask(
    'query($id: ID!) { citizen(personalId: $id) { birthDate } }',
    { id: '001099999999' },
    { officer: 'ke.gian' },
  );
});

afterAll(() => gateway.close());

const QUERY = `query($client: ID, $officer: String, $key: String, $from: DateTime!, $to: DateTime!, $first: Int, $after: String) {
  breachReport(client: $client, officer: $officer, key: $key, from: $from, to: $to, first: $first, after: $after) {
    statement signature answers entries firstAccess lastAccess subjectCount
    categories { category coordinates disclosures } subjects { kind key } next } }`;

type Report = Readonly<Record<string, Json>>;

const report = async (variables: object) => {
  const answer = await gateway.ask(QUERY, { ...PERIOD, ...variables }, AUDITOR);
  return { answer, report: (answer.data?.['breachReport'] ?? null) as Report | null };
};

it('counts answers, entries, subjects and categories of one officer', async () => {
  const found = await report({ officer: 'ke.gian' });
  expect(found.report).toMatchObject({
    answers: 9,
    entries: 9,
    subjectCount: 8,
    subjects: [],
    next: null,
    categories: [
      {
        category: 'BASIC',
        coordinates: ['Citizen.birthDate', 'Citizen.name', 'Citizen.sex', 'PersonName.full'],
        disclosures: 25,
      },
    ],
  });
  expect(recordOf(gateway, found.answer)).toMatchObject({
    answer: { client: 'auditor', caseId: 'KT-261121-0001' },
    entries: [{ outcome: 'nothing' }],
  });
});

it('names whom to notify, page by page, each on record', async () => {
  const keys: string[] = [];
  let after: Json = null;
  do {
    const { report: page, answer } = await report({ officer: 'ke.gian', first: 3, after });
    const subjects = page?.['subjects'] as { kind: string; key: string }[];
    keys.push(...subjects.map(({ key }) => key));
    expect(
      recordOf(gateway, answer)
        ?.entries.map(({ subject }) => subject.key)
        .toSorted(),
    ).toEqual(subjects.map(({ key }) => key).toSorted());
    after = page?.['next'] ?? null;
  } while (after !== null);
  expect(keys).toEqual(persons.slice(0, 8).toSorted());
});

it('is signed by the log’s key, over exactly what it says', async () => {
  const { report: found } = await report({ officer: 'ke.gian' });
  const statement = String(found?.['statement']);
  const { secrets } = readSecrets(gateway.secretsDirectory, 'demo', 'demo', DEFAULT_REGISTERS);
  const key =
    secrets && noteSignerOf('national-data-gateway/demo', signingKeyOf(secrets.checkpoint[0].key)).key;
  const note = key && openNote(String(found?.['signature']), [key]);
  expect(note?.text).toBe(
    `national-data-gateway/demo breach-report v1\n${hash('sha256', statement, 'base64')}\n`,
  );
  expect(JSON.parse(statement)).toMatchObject({
    kind: 'breach-report',
    officer: 'ke.gian',
    client: null,
    key: null,
    order: 'KT-261121-0001',
    from: '2026-01-01T00:00:00.000Z',
    to: '2027-12-31T17:00:00.000Z',
    answers: 9,
    subjects: { person: 8 },
    covered: { clients: null },
    logs: [{ log: 'national-data-gateway/demo', from: 0, to: expect.any(Number) }],
    unreadable: [],
    notify: null,
  });
});

it('signs whom to notify, so that a verifier finds who was left out', async () => {
  const { answer, report: found } = await report({ officer: 'ke.gian', first: 3 });
  expect(JSON.parse(String(found?.['statement']))).toMatchObject({
    notify: {
      from: 0,
      subjects: persons
        .slice(0, 8)
        .toSorted()
        .slice(0, 3)
        .map((key) => ({ kind: 'person', key })),
    },
  });
  const { secrets } = readSecrets(gateway.secretsDirectory, 'demo', 'demo', DEFAULT_REGISTERS);
  const { key } = noteSignerOf('national-data-gateway/demo', signingKeyOf(secrets!.checkpoint[0].key));
  const verified = (text: string) =>
    verifyHeld({
      keys: [key],
      witnesses: [],
      known: [],
      receipts: [],
      breachReports: [{ name: 'report', bytes: Buffer.from(text) }],
    });
  const text = JSON.stringify({ data: answer.data });
  expect(verified(text)).toMatchObject({
    verdict: 'verified',
    breachReports: [{ stated: { subjects: 8, notify: { from: 0, count: 3 } } }],
  });
  const [left = ''] = persons.slice(0, 8).toSorted();
  expect(verified(text.replaceAll(left, '001099999999'))).toMatchObject({ verdict: 'tampered' });
});

it('signs what of the question its order opens', async () => {
  const asked = { officer: 'ke.gian', from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };
  const answer = await gateway.ask(QUERY, asked, { ...AUDITOR, caseId: 'KT-261121-0003' });
  const { statement } = rootOf<{ statement: string }>(answer, 'breachReport');
  expect(JSON.parse(statement)).toMatchObject({
    from: '2020-01-01T00:00:00.000Z',
    to: '2030-01-01T00:00:00.000Z',
    answers: 0,
    covered: {
      clients: ['hn-hoankiem-civil'],
      from: '2025-12-31T17:00:00.000Z',
      to: '2026-06-30T16:59:59.999Z',
    },
  });
});

it('takes a client, or the key that signed the tokens', async () => {
  const byClient = await report({ client: 'inspectorate' });
  expect(byClient.report).toMatchObject({ subjectCount: 12, answers: 13 });
  const newest = await gateway.ask(
    '{ accessLog(first: 1, filter: { officer: "ke.gian" }) { entries { tokenKey } } }',
    {},
    AUDITOR,
  );
  const [{ tokenKey = '' } = {}] = rootOf<{ entries: { tokenKey: string }[] }>(newest, 'accessLog').entries;
  const byKey = await report({ key: tokenKey });
  expect(byKey.report?.['subjectCount']).toBeGreaterThanOrEqual(12);
  expect((await report({ key: 'another' })).report).toMatchObject({
    answers: 0,
    subjectCount: 0,
    firstAccess: null,
  });
});

it.each([
  ['nobody named', {}, 400, 'BAD_USER_INPUT'],
  ['a client that nobody has', { client: 'inspectorat' }, 400, 'BAD_USER_INPUT'],
  ['an officer who never asked', { officer: 'ke.gan' }, 400, 'BAD_USER_INPUT'],
  [
    'a time that ends before it begins',
    { officer: 'ke.gian', from: PERIOD.to, to: PERIOD.from },
    400,
    'BAD_USER_INPUT',
  ],
  ['a cursor of one’s own', { officer: 'ke.gian', first: 1, after: 'x' }, 400, 'BAD_USER_INPUT'],
])('refuses %s', async (_name, variables, status, code) => {
  const { answer } = await report(variables);
  expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([status, code]);
});

it('stays within the order’s agencies and period', async () => {
  const narrow = await gateway.ask(
    QUERY,
    { ...PERIOD, client: 'inspectorate' },
    { ...AUDITOR, caseId: 'KT-261121-0003' },
  );
  expect(narrow.data).toEqual({ breachReport: null });
});
