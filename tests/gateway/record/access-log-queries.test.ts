import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vietNamDay } from '../../../src/log-format/viet-nam-time.ts';
import { recordOf, registerCalls, rootOf } from '../../support/edge.ts';
import {
  country,
  startTestGateway,
  type Caller,
  type Json,
  type TestGateway,
} from '../../support/gateway.ts';

/** What auditors, register owners and others may ask the access log, over HTTP. */

const ORDER = 'KT-261121-0001';
const APPROVED = 'KT-261121-0002';
const NARROW = 'KT-261121-0003';

let gateway: TestGateway;
let anh = '';
let binh = '';
/** X-Access-Entry of accesses to be looked up. */
const made = { inspection: '', civil: '', denied: '', refused: '' };

const auditor = (caseId: string | null = ORDER): Caller => ({
  client: 'auditor',
  officer: 'ktv.minh',
  purpose: null,
  caseId,
});
const owner: Caller = { client: 'population-owner', officer: 'chu.quan', purpose: null, caseId: null };

const idOf = (answer: { readonly headers: Headers }): string => answer.headers.get('x-access-entry') ?? '';
const ask = (query: string, caller: Caller, variables: object = {}) => gateway.ask(query, variables, caller);

beforeAll(async () => {
  gateway = await startTestGateway();
  anh = [...country.people({ with: ['marriage'] }).take(1)][0]?.personalId ?? '';
  binh = [...country.people({ unit: '00070' }).take(1)][0]?.personalId ?? '';
  const CITIZEN = '($id: ID!) { citizen(personalId: $id) { name { full } death { date } religion } }';
  const inspecting = { officer: 'le.van.an', caseId: 'H26-261121-0101' };
  made.inspection = idOf(await gateway.ask(`query${CITIZEN}`, { id: anh }, inspecting));
  const hoanKiem = { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration', officer: 'can.bo' };
  made.civil = idOf(await gateway.ask(`query${CITIZEN}`, { id: binh }, hoanKiem));
  made.refused = idOf(
    await gateway.ask(`query${CITIZEN}`, { id: anh }, { ...inspecting, purpose: 'unknown-purpose' }),
  );
  const self = { ...inspecting, officerPersonalId: anh };
  made.denied = idOf(await gateway.ask(`query${CITIZEN}`, { id: anh }, self));
});

afterAll(() => gateway.close());

const cursorOf = (log: string): string => Buffer.from(JSON.stringify([0, log, 0])).toString('base64url');
const ENTRIES = `entries { id n client officer purpose case outcome rule code subject { kind key }
  disclosed { register status coordinates cached age } agreement agreementVersion } next`;

type Entry = Readonly<Record<string, Json>>;

async function search(caller: Caller, filter: object, first = 100): Promise<readonly Entry[]> {
  const answer = await ask(
    `query($filter: AccessLogFilter, $first: Int) { accessLog(filter: $filter, first: $first) { ${ENTRIES} } }`,
    caller,
    { filter, first },
  );
  expect(answer.errors).toEqual([]);
  const page = rootOf<{ entries: Entry[] }>(answer, 'accessLog');
  return page.entries;
}

describe('an auditor under an order', () => {
  it('reads who saw what about whom, and why', async () => {
    const [entry] = await search(auditor(), { case: 'H26-261121-0101', outcome: 'DISCLOSED' });
    expect(entry).toMatchObject({
      id: made.inspection,
      n: 0,
      client: 'inspectorate',
      officer: 'le.van.an',
      purpose: 'inspection',
      case: 'H26-261121-0101',
      outcome: 'DISCLOSED',
      subject: { kind: 'PERSON', key: anh },
      agreement: 'asset-inspection',
      agreementVersion: 1,
    });
    expect(entry?.['disclosed']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ register: 'population', status: 'value', cached: false, age: 'live' }),
        expect.objectContaining({ register: 'civil-status', status: 'none', coordinates: ['Citizen.death'] }),
      ]),
    );
  });

  const FILTERS: readonly (readonly [string, object, () => readonly string[]])[] = [
    ['officer', { officer: 'can.bo' }, () => [made.civil]],
    ['client', { client: 'hn-hoankiem-civil' }, () => [made.civil]],
    ['purpose', { purpose: 'civil-status-registration' }, () => [made.civil]],
    ['case', { case: 'H26-261121-0101', register: 'population' }, () => [made.inspection]],
    ['register', { register: 'civil-status', officer: 'le.van.an' }, () => [made.inspection]],
    ['coordinate', { coordinate: 'Citizen.death', officer: 'le.van.an' }, () => [made.inspection]],
    ['a denial', { outcome: 'DENIED', officer: 'le.van.an' }, () => [made.denied]],
    ['nothing before', { to: '2026-01-02T00:00:00Z' }, () => []],
    ['nobody of that name', { officer: 'nobody' }, () => []],
  ];
  it.each(FILTERS)('finds by %s', async (_name, filter, wanted) => {
    const found = await search(auditor(), filter);
    expect([...new Set(found.map(({ id }) => id))]).toEqual(wanted());
  });

  it('pages through everything, newest first, each entry once', async () => {
    const query = `query($after: String) { accessLog(first: 2, after: $after) { entries { id n time } next } }`;
    const seen: string[] = [];
    const times: string[] = [];
    let after: Json = null;
    const before = (await search(auditor(), {})).length;
    for (let page = 0; page < 100; page++) {
      const answer = await ask(query, auditor(), { after });
      const { entries, next } = rootOf<{ entries: { id: string; n: number; time: string }[]; next: Json }>(
        answer,
        'accessLog',
      );
      seen.push(...entries.map(({ id, n }) => `${id} ${n}`));
      times.push(...entries.map(({ time }) => time));
      after = next;
      if (next === null) break;
    }
    expect(after).toBe(null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(before);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('is on record, with the order and everybody whom the answer named', async () => {
    const answer = await ask(
      `{ accessLog(filter: { case: "H26-261121-0101", outcome: DISCLOSED }) { entries { subject { key } } } }`,
      auditor(),
    );
    expect(recordOf(gateway, answer)).toMatchObject({
      answer: { client: 'auditor', officer: 'ktv.minh', caseId: ORDER, purpose: 'audit' },
      entries: [
        {
          subject: { kind: 'person', key: anh },
          outcome: 'disclosed',
          disclosed: [
            {
              register: 'access-log',
              coordinates: ['AccessLogPage.entries', 'AccessLogEntry.subject', 'AccessSubject.key'],
            },
          ],
        },
      ],
    });
  });

  it('searches by subject with a second approval only; whoever was asked for is on record', async () => {
    const filter = { subject: { kind: 'PERSON', key: anh } };
    const found = await search(auditor(APPROVED), filter);
    expect([...new Set(found.map(({ id }) => id))]).toEqual(
      expect.arrayContaining([made.inspection, made.denied]),
    );
    expect(found.every(({ subject }) => (subject as { key: string }).key === anh)).toBe(true);
    const refused = await ask(
      'query($filter: AccessLogFilter) { accessLog(filter: $filter) { next } }',
      auditor(),
      { filter },
    );
    expect(refused.data).toEqual({ accessLog: null });
    expect(refused.errors).toMatchObject([
      { path: ['accessLog'], extensions: { code: 'ARGUMENT_NOT_GRANTED' } },
    ]);
    expect(recordOf(gateway, refused)?.entries).toMatchObject([
      { subject: { kind: 'person', key: anh }, outcome: 'denied', disclosed: [] },
    ]);
  });

  it('has whoever was asked for on record also where the whole is refused, or nothing but a type’s name is asked', async () => {
    const filter = { subject: { kind: 'PERSON', key: anh } };
    const about =
      'query($filter: AccessLogFilter, $after: String) { accessLog(filter: $filter, after: $after)';
    const refused = await ask(`${about} { next } }`, auditor('KT-261121-9999'), { filter });
    const broken = await ask(`${about} { next } }`, auditor(APPROVED), { filter, after: 'x' });
    for (const answer of [refused, broken]) {
      expect(recordOf(gateway, answer)?.entries).toMatchObject([
        { subject: { kind: 'person', key: anh }, outcome: 'refused' },
      ]);
    }
    const typed = await ask(`${about} { __typename next } }`, auditor(APPROVED), { filter });
    expect(recordOf(gateway, typed)?.entries.map(({ subject }) => subject.key)).toContain(anh);
  });

  it('sees its order’s agencies and period alone', async () => {
    expect(await search(auditor(NARROW), {})).toEqual([]);
  });

  const REFUSED: readonly (readonly [string, string | null, number, string])[] = [
    ['no order', null, 400, 'CASE_REQUIRED'],
    ['an unknown order', 'KT-261121-9999', 403, 'CASE_NOT_VALID'],
    ['a dossier number', 'H26-261121-0001', 403, 'CASE_NOT_VALID'],
    ['what is no number', 'Nguyễn Văn A', 403, 'CASE_NOT_VALID'],
    ['an unknown complaint', 'KN-261121-0001', 403, 'CASE_NOT_VALID'],
  ];
  it.each(REFUSED)('is refused with %s', async (_name, caseId, status, code) => {
    for (const query of [
      '{ accessLog { next } }',
      '{ accessLogCounts(by: DAY) { value } }',
      '{ accessLogExport { bundle } }',
      `{ replay(entry: "${made.inspection}") { id } }`,
      '{ breachReport(client: "inspectorate", from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z") { answers } }',
    ]) {
      const headers = caseId === 'Nguyễn Văn A' ? { 'x-case-id': encodeURIComponent(caseId) } : {};
      const caller = { ...auditor(headers['x-case-id'] ? null : caseId), headers };
      const answer = await ask(query, caller);
      expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([status, code]);
      expect(recordOf(gateway, answer)?.answer).toMatchObject({
        client: 'auditor',
        outcome: 'refused',
        code,
      });
    }
  });

  it('finds an answer by its id, and tells what the gateway itself did', async () => {
    const found = await search(auditor(), { entry: made.inspection });
    expect(found.map(({ id }) => id)).toEqual([made.inspection]);
    expect(await search(auditor(), { entry: made.inspection, officer: 'nobody' })).toEqual([]);
    expect(await search(auditor(), { entry: '0'.repeat(32) })).toEqual([]);
    const acts = await ask(
      '{ accessLog(filter: { purpose: "log-begun" }) { entries { callerKind detail } unreadableCount } }',
      auditor(),
    );
    expect(acts.data?.['accessLog']).toEqual({
      entries: [{ callerKind: 'gateway', detail: '{"predecessor":null}' }],
      unreadableCount: 0,
    });
  });

  it('counts for charts, and tells no small count', async () => {
    for (let time = 0; time < 12; time++) await ask('{ __typename }', { client: 'dvc-portal' });
    const { data } = await ask('{ accessLogCounts(by: CLIENT) { value answers } }', auditor());
    const counts = data?.['accessLogCounts'] as { value: string; answers: number | null }[];
    const of = (client: string) => counts.find(({ value }) => value === client);
    expect(of('dvc-portal')?.answers).toBeGreaterThanOrEqual(12);
    expect(of('hn-hoankiem-civil')).toEqual({ value: 'hn-hoankiem-civil', answers: null });
    expect(counts.every(({ answers }) => answers === null || answers >= 10)).toBe(true);
    // To the millisecond, two counts would differ by one answer: whole days do not.
    const between = async (to: string) =>
      (
        await ask(
          `{ accessLogCounts(filter: { client: "dvc-portal", from: "2026-01-01T00:00:00Z", to: "${to}" }, by: CLIENT) { value answers } }`,
          auditor(),
        )
      ).data;
    const day = vietNamDay(Date.now());
    expect(await between(`${day}T00:00:00+07:00`)).toEqual(await between(`${day}T23:59:59.999+07:00`));
    const byDay = await ask('{ accessLogCounts(by: DAY) { value next } }', auditor());
    expect(byDay.data?.['accessLogCounts']).toEqual([{ value: day, next: null }]);
    const counted = async (by: string, filter = '{}') =>
      (await ask(`{ accessLogCounts(filter: ${filter}, by: ${by}) { value answers } }`, auditor())).data?.[
        'accessLogCounts'
      ] as { value: string; answers: number | null }[];
    const registers = await counted('REGISTER');
    expect(registers.map(({ value }) => value)).toContain('population');
    // Beside a filter on a register the others stay out.
    expect((await counted('REGISTER', '{ register: "population" }')).map(({ value }) => value)).toEqual([
      'population',
    ]);
    expect((await counted('HOUR')).every(({ value }) => /^([01]\d|2[0-3])$/.test(value))).toBe(true);
    expect((await counted('UNIT')).map(({ value }) => value)).toEqual(expect.arrayContaining(['-', '00070']));
    expect((await counted('PROVINCE')).map(({ value }) => value)).toEqual(
      expect.arrayContaining(['-', '01']),
    );
    const bySubject = await ask(
      'query($filter: AccessLogFilter) { accessLogCounts(filter: $filter, by: DAY) { value } }',
      auditor(APPROVED),
      { filter: { subject: { kind: 'PERSON', key: anh } } },
    );
    expect(bySubject.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  const BAD: readonly (readonly [string, string, string])[] = [
    ['first 0', 'first: 0', 'BAD_USER_INPUT'],
    ['first 101', 'first: 101', 'OPERATION_TOO_LARGE'],
    ['a cursor of somebody’s own', 'after: "e30"', 'BAD_USER_INPUT'],
    ['a day for a time', 'filter: { from: "2026-11-22" }', 'BAD_USER_INPUT'],
    ['no time', 'filter: { to: "yesterday" }', 'BAD_USER_INPUT'],
    [
      'a cursor into no log of ours',
      `after: "${cursorOf('national-data-gateway/x\u0000')}"`,
      'BAD_USER_INPUT',
    ],
    ['an officer that no database takes', 'filter: { officer: "a\\u0000" }', 'BAD_USER_INPUT'],
    ['31 February', 'filter: { from: "2026-02-31T00:00:00Z" }', 'BAD_USER_INPUT'],
    [
      'a time that ends before it begins',
      'filter: { from: "2026-03-01T00:00:00Z", to: "2026-02-01T00:00:00Z" }',
      'BAD_USER_INPUT',
    ],
    ['a register that there is not', 'filter: { register: "civilStatus" }', 'BAD_USER_INPUT'],
    ['a field that there is not', 'filter: { coordinate: "Citizen.nope" }', 'BAD_USER_INPUT'],
    ['a person without an id', 'filter: { subject: { kind: PERSON, key: "abc" } }', 'BAD_USER_INPUT'],
    ['a purpose without end', `filter: { purpose: "${'x'.repeat(300)}" }`, 'BAD_USER_INPUT'],
  ];
  it.each(BAD)('is told of %s', async (_name, argument, code) => {
    const answer = await ask(`{ accessLog(${argument}) { next } }`, auditor());
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([400, code]);
  });

  it('asks for ten pages at a time at most', async () => {
    const roots = (count: number) =>
      `{ ${Array.from({ length: count }, (_none, at) => `p${at}: accessLog(first: 1) { next }`).join(' ')} }`;
    expect((await ask(roots(10), auditor())).status).toBe(200);
    expect((await ask(roots(11), auditor())).errors[0]?.extensions.code).toBe('OPERATION_TOO_LARGE');
  });

  it('asks no register', async () => {
    const before = registerCalls(gateway);
    await search(auditor(), {});
    expect(registerCalls(gateway)).toBe(before);
  });

  it('answers aliases, fragments and __typename as any other data', async () => {
    const { data } = await ask(
      `{ log: accessLog(first: 1, filter: { officer: "can.bo" }) { __typename found: entries { ...F } } }
       fragment F on AccessLogEntry { __typename entry: id who: subject { kind } }`,
      auditor(),
    );
    expect(data).toEqual({
      log: {
        __typename: 'AccessLogPage',
        found: [{ __typename: 'AccessLogEntry', entry: made.civil, who: { kind: 'PERSON' } }],
      },
    });
  });
});

describe('a register owner', () => {
  it('sees what its register disclosed, to whom and why, but not about whom', async () => {
    const answer = await ask(
      '{ accessLog(filter: { officer: "le.van.an" }) { entries { id client purpose disclosed { register } subject { kind } } } }',
      owner,
    );
    expect(answer.errors).toEqual([]);
    const { entries } = rootOf<{ entries: { id: string; disclosed: { register: string }[] }[] }>(
      answer,
      'accessLog',
    );
    expect(entries.map(({ id }) => id)).toContain(made.inspection);
    expect(new Set(entries.flatMap(({ disclosed }) => disclosed.map(({ register }) => register)))).toEqual(
      new Set(['population']),
    );
    const named = await ask('{ accessLog { entries { subject { kind key } officer code } } }', owner);
    const codes = new Set(named.errors.map(({ extensions }) => extensions.code));
    expect(codes).toEqual(new Set(['FIELD_NOT_GRANTED']));
    expect(named.text).not.toContain(anh);
    expect(recordOf(gateway, named)?.entries).toMatchObject([{ outcome: 'nothing' }]);
  });

  it.each([
    [
      'another register',
      'accessLog(filter: { register: "land" }) { entries { id } }',
      { accessLog: { entries: [] } },
    ],
    [
      'a subject',
      'accessLog(filter: { subject: { kind: PERSON, key: "001190900011" } }) { next }',
      { accessLog: null },
    ],
    ['a replay', 'replay(entry: "00") { id }', { replay: null }],
    ['an export', 'accessLogExport { bundle }', { accessLogExport: null }],
    ['anybody’s accesses', 'myAccesses { next }', { myAccesses: null }],
  ])('sees nothing of %s', async (_name, root, wanted) => {
    expect((await ask(`{ ${root} }`, owner)).data).toEqual(wanted);
  });
});

describe('whoever is asked for where that is not granted', () => {
  const QUERY = `query($one: AccessLogFilter, $other: AccessLogFilter) {
    one: accessLog(filter: $one) { next } other: accessLog(filter: $other) { next } }`;
  const asked = async (...subjects: readonly { readonly kind: string; readonly key: string }[]) => {
    const [one, other] = subjects.map((subject) => ({ subject }));
    const answer = await gateway.ask(QUERY, { one, other }, owner);
    const entries = recordOf(gateway, answer)?.entries.map(({ subject }) => subject);
    return { status: answer.status, entries };
  };

  it('stands in the entry as the format allows: a caller makes no log that does not verify', async () => {
    const nobody = await asked({ kind: 'NONE', key: 'x' }, { kind: 'NONE', key: 'y' });
    expect(nobody).toEqual({ status: 200, entries: [{ kind: 'none', key: '' }] });
    const alike = await asked({ kind: 'PARCEL', key: '\ud800' }, { kind: 'PARCEL', key: '\ud801' });
    expect(alike).toEqual({ status: 200, entries: [{ kind: 'parcel', key: '\ufffd' }] });
    expect(await asked({ kind: 'PERSON', key: '' })).toMatchObject({ status: 400 });
  });
});

describe('whoever else', () => {
  const ROOTS = [
    'accessLog { next }',
    'accessLogCounts(by: DAY) { value }',
    'accessLogExport { bundle }',
    'replay(entry: "00") { id }',
    'breachReport(client: "inspectorate", from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z") { answers }',
    'myAccesses { next }',
  ];
  it.each(ROOTS)('an agency does not get %s', async (root) => {
    const { data, errors } = await ask(`{ ${root} }`, { client: 'inspectorate' });
    const [name = ''] = root.split(/[ ({]/);
    expect(data).toEqual({ [name]: null });
    expect(errors).toMatchObject([{ path: [name], extensions: { code: 'FIELD_NOT_GRANTED' } }]);
  });

  it.each(ROOTS.filter((root) => !root.startsWith('myAccesses')))(
    'a citizen does not get %s',
    async (root) => {
      const { errors } = await ask(`{ ${root} }`, { citizen: anh, purpose: null, caseId: null });
      expect(errors).toMatchObject([{ extensions: { code: 'FIELD_NOT_GRANTED' } }]);
    },
  );
});
