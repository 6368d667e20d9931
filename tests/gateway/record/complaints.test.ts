import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { complaintSubject } from '../../../src/policy/case/complaint-subject.ts';
import { recordOf, rootOf } from '../../support/edge.ts';
import { buildFolderGateways, type FolderGateway } from '../../support/folder-gateways.ts';
import { country, type Caller, type TestGateway } from '../../support/gateway.ts';

/** Somebody's complaint opens the accesses to their own data to the auditor, and nothing else. */

const COMPLAINT = 'KN-261122-0001';
const EXPIRED = 'KN-261122-0002';
const SOMEBODY_ELSES = 'KN-261122-0003';
const soon = { timeout: 10_000, interval: 100 };

const folders = buildFolderGateways();
let folder: FolderGateway;
let gateway: TestGateway;
const people = country.people({ with: ['land'] });
const anh = people.next().value?.personalId ?? '';
for (let skipped = 0; skipped < 7; skipped++) people.next();
const binh = people.next().value?.personalId ?? '';

const auditor = (caseId: string): Caller => ({
  client: 'auditor',
  officer: 'ktv.minh',
  purpose: null,
  caseId,
});
const CITIZEN = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
const SEARCH =
  'query($filter: AccessLogFilter) { accessLog(filter: $filter) { entries { id subject { key } } } }';
const about = (key: string) => ({ filter: { subject: { kind: 'PERSON', key } } });
const made: string[] = [];

beforeAll(async () => {
  folder = await folders.start('one');
  gateway = folder.gateway;
  const paper = async (number: string, auditorId: string, expires: string): Promise<string> =>
    `  - { number: ${number}, auditor: ${auditorId}, expires: '${expires}', subject: ${await complaintSubject(number, anh)} }\n`;
  folder.put(
    'audit-orders.yaml',
    `complaints:\n${await paper(COMPLAINT, 'auditor', '2028-01-01')}${await paper(EXPIRED, 'auditor', '2026-01-01')}${await paper(SOMEBODY_ELSES, 'another-auditor', '2028-01-01')}`,
  );
  for (const id of [anh, binh]) {
    const answer = await gateway.ask(CITIZEN, { id });
    made.push(answer.headers.get('x-access-entry') ?? '');
  }
  await vi.waitFor(async () => {
    const { status } = await gateway.ask(SEARCH, about(anh), auditor(COMPLAINT));
    if (status !== 200) throw new Error('the complaint is not loaded yet');
  }, soon);
});

afterAll(() => folders.close());

it('opens the complainant’s accesses, and the search is on record under its number', async () => {
  const answer = await gateway.ask(SEARCH, about(anh), auditor(COMPLAINT));
  const { entries } = rootOf<{ entries: { id: string; subject: { key: string } }[] }>(answer, 'accessLog');
  expect(entries.map(({ id }) => id)).toContain(made[0]);
  expect(new Set(entries.map(({ subject }) => subject.key))).toEqual(new Set([anh]));
  expect(recordOf(gateway, answer)).toMatchObject({
    answer: { caseId: COMPLAINT },
    entries: [{ subject: { kind: 'person', key: anh }, outcome: 'disclosed' }],
  });
});

it('is never withheld from the complainant, so that nothing covert shows by the absence of the look', async () => {
  folder.put(
    'inspection.yaml',
    `${folder.read('inspection.yaml').replace('version: 1', 'version: 2')}withheldDays: 30\n`,
  );
  await expect
    .poll(async () => recordOf(gateway, await gateway.ask(CITIZEN, { id: anh }))?.answer.release, soon)
    .not.toBe(null);
  const looks = [
    await gateway.ask(SEARCH, about(anh), auditor(COMPLAINT)),
    await gateway.ask(
      'query($filter: AccessLogFilter) { accessLogExport(filter: $filter) { bundle } }',
      about(anh),
      auditor(COMPLAINT),
    ),
  ];
  expect(looks.map((look) => recordOf(gateway, look)?.answer.release)).toEqual([null, null]);
  const order = await gateway.ask(SEARCH, {}, auditor('KT-261121-0001'));
  expect(recordOf(gateway, order)?.answer.release ?? null).toBe(null);
});

it('opens nobody else’s; whoever was asked for is on record as denied', async () => {
  const answer = await gateway.ask(SEARCH, about(binh), auditor(COMPLAINT));
  expect(answer.data).toEqual({ accessLog: null });
  expect(answer.errors).toMatchObject([{ extensions: { code: 'ARGUMENT_NOT_GRANTED' } }]);
  expect(recordOf(gateway, answer)?.entries).toMatchObject([{ subject: { key: binh }, outcome: 'denied' }]);
});

it.each([SEARCH, 'query($filter: AccessLogFilter) { accessLogCounts(filter: $filter, by: DAY) { value } }'])(
  'opens no search without a subject, and does not answer as if there were nothing',
  async (query) => {
    const { errors } = await gateway.ask(query, { filter: {} }, auditor(COMPLAINT));
    expect(errors).toMatchObject([{ extensions: { code: 'ARGUMENT_NOT_GRANTED' } }]);
  },
);

it('opens a replay of the complainant’s entries alone, and no breach report', async () => {
  const replay = async (entry: string | undefined) =>
    (
      await gateway.ask(
        'query($entry: ID!) { replay(entry: $entry) { isSame } }',
        { entry },
        auditor(COMPLAINT),
      )
    ).data;
  expect(await replay(made[0])).toEqual({ replay: { isSame: true } });
  expect(await replay(made[1])).toEqual({ replay: null });
  const breach = await gateway.ask(
    '{ breachReport(client: "inspectorate", from: "2026-01-01T00:00:00Z", to: "2028-01-01T00:00:00Z") { answers } }',
    {},
    auditor(COMPLAINT),
  );
  expect([breach.status, breach.errors[0]?.extensions.code]).toEqual([403, 'CASE_NOT_VALID']);
});

it.each([EXPIRED, SOMEBODY_ELSES, 'KT-261121-0001'])(
  '%s opens nothing: expired, another auditor’s, withdrawn',
  async (number) => {
    const { status, errors } = await gateway.ask(SEARCH, about(anh), auditor(number));
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'CASE_NOT_VALID']);
  },
);
