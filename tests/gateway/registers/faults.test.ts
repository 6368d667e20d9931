import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../../mocks/servers/faults.ts';
import { expectedAnswer } from '../../support/country-oracle.ts';
import { upstreamCalls } from '../../support/edge.ts';
import { buildFreshSubjects, type FreshSubject } from '../../support/registers/fresh-subjects.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type Json,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { compareWithWhole } from '../../support/registers/lost-fields.ts';
import { disclosedIn, recordsOf } from '../../support/recorded.ts';
import { REGISTER_NAMES, type Register } from '../../support/registers/register-of.ts';
import { BUSINESS, CITIZEN, LAND_CERTIFICATE, LAND_PARCEL } from '../../support/selections.ts';

/**
 * What one register does wrong, and what that may cost: its own fields, nobody else's, and only while it lasts. The
 * population register says who may be seen: without its record of a person there is nothing of that person.
 */
const REGISTER_TIMEOUT_MS = 300;
let gateway: TestGateway;
/** Over the same registers, with a cache of its own. */
let other: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ overrides: { registerTimeoutMs: REGISTER_TIMEOUT_MS } });
  other = await startTestGateway({ mocks: gateway.mocks });
});

afterAll(async () => {
  await other.close();
  await gateway.close();
});

const fresh = buildFreshSubjects(country);

const companyOf = (id: string): string | undefined =>
  country.businessesOf(id).find((code) => code.length === 10);
const parcelOf = (id: string): string | undefined => country.parcelsOf(id)[0];
const certificateOf = (id: string): string | undefined => country.certificatesOf(id)[0]?.replaceAll(' ', '');

const QUERIES = {
  citizen: { query: CITIZEN, keyOf: (id: string) => id },
  company: { query: BUSINESS, keyOf: companyOf },
  parcel: { query: LAND_PARCEL, keyOf: parcelOf },
  certificate: { query: LAND_CERTIFICATE, keyOf: certificateOf },
} as const;

type Code = 'SOURCE_UNAVAILABLE' | 'SOURCE_TIMEOUT' | 'SOURCE_CONTRACT_BROKEN';

/** A record of another shape still holds the one fact that the inspectorate's rules read: who is protected. */
function costsFacts(register: Register, fault: Fault, code: Code | null): code is Code {
  return register === 'population' && code !== null && !isShapeOfRecord(fault);
}

/** The person alone, with one error at the root: nobody knows whether the person may be seen. */
function expectPersonLost({ key }: FreshSubject, answer: TestAnswer, code: Code): void {
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ citizen: null });
  expect(faultsOf(answer)).toEqual([`citizen ${code}`]);
  const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
  expect(record?.entries).toMatchObject([
    { subject: { kind: 'person', key }, outcome: 'failed', disclosed: [] },
  ]);
}

/** Every code stands at exactly one path, at each field that is missing, and at no other. */
function expectLost(
  { query, expected }: FreshSubject,
  answer: TestAnswer,
  register: Register,
  code: Code | null,
): void {
  expect(answer.status).toBe(200);
  const { paths, unknown, wrong } = compareWithWhole(query, expected.data, answer.data ?? null, register);
  expect(wrong).toEqual([]);
  const errors = answer.errors.map(({ path }) => (path ?? []).join('.'));
  expect(new Set(errors).size).toBe(errors.length);
  expect(errors).toEqual(expect.arrayContaining([...paths]));
  expect(errors.filter((path) => !paths.includes(path) && !unknown.includes(path))).toEqual([]);
  expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(
    new Set(code === null ? [] : [code]),
  );
  expect(paths.length > 0).toBe(code !== null);
}

/** On record: the root, and nothing that the whole answer would not disclose; of other registers all about the root. */
function expectRecorded({ expected }: FreshSubject, answer: TestAnswer, register: Register): void {
  const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
  expect(record?.answer.outcome).toBe('answered');
  const disclosed = disclosedIn(record ?? null);
  for (const [subject, coordinates] of disclosed) {
    expect(expected.disclosed.get(subject) ?? []).toEqual(expect.arrayContaining([...coordinates]));
  }
  const [root = '', whole = []] = [...expected.disclosed][0] ?? [];
  expect(record?.entries.map(({ subject }) => `${subject.kind} ${subject.key}`)).toContain(root);
  const others = (coordinates: readonly string[]): readonly string[] =>
    coordinates.filter((one) => !one.startsWith(`${register} `));
  expect(others(disclosed.get(root) ?? [])).toEqual(others(whole));
}

/** The fault left nothing behind: the next answer is whole, and the one after needs no register. */
async function expectRecovered({ query, variables, expected }: FreshSubject): Promise<void> {
  const next = await gateway.ask(query, variables);
  expect([next.errors, next.data]).toEqual([[], expected.data]);
  const calls = upstreamCalls(gateway);
  const last = await gateway.ask(query, variables);
  expect([last.errors, last.data]).toEqual([[], expected.data]);
  expect(upstreamCalls(gateway)).toEqual(calls);
}

/** A record with a value that cannot be read is cached like any other, so that the next look-up tells nothing. */
async function expectKept({ query, variables, expected }: FreshSubject, answer: TestAnswer): Promise<void> {
  const calls = upstreamCalls(gateway);
  const next = await gateway.ask(query, variables);
  expect([faultsOf(next), next.data]).toEqual([faultsOf(answer), answer.data]);
  expect(upstreamCalls(gateway)).toEqual(calls);
  const elsewhere = await other.ask(query, variables);
  expect([elsewhere.errors, elsewhere.data]).toEqual([[], expected.data]);
}

/** The register sends the row, but with values of a wrong shape. */
function isShapeOfRecord(fault: Fault): boolean {
  return fault.fault === 'wrong-shape' && fault.where === 'record';
}

async function askDuring(
  register: Register,
  faults: readonly Fault[],
  asked: { readonly query: string; readonly variables: object },
): Promise<TestAnswer> {
  const { faults: control } = gateway.mocks.registers[register];
  control.set(...faults);
  try {
    return await gateway.ask(asked.query, asked.variables);
  } finally {
    control.clear();
  }
}

const WHOLE_CALLS: readonly (readonly [what: string, fault: Fault, code: Code | null])[] = [
  ['down', { fault: 'drop' }, 'SOURCE_UNAVAILABLE'],
  ['answers 500', { fault: 'status', status: 500 }, 'SOURCE_UNAVAILABLE'],
  ['answers 503', { fault: 'status', status: 503 }, 'SOURCE_UNAVAILABLE'],
  ['hangs', { fault: 'hang' }, 'SOURCE_TIMEOUT'],
  ['is slow, but in time', { fault: 'delay', ms: REGISTER_TIMEOUT_MS / 3 }, null],
  ['is too slow', { fault: 'delay', ms: REGISTER_TIMEOUT_MS * 2 }, 'SOURCE_TIMEOUT'],
  ['cuts its body', { fault: 'cut' }, 'SOURCE_CONTRACT_BROKEN'],
  ['has another envelope', { fault: 'wrong-shape', where: 'envelope' }, 'SOURCE_CONTRACT_BROKEN'],
  ['has records of another shape', { fault: 'wrong-shape', where: 'record' }, 'SOURCE_CONTRACT_BROKEN'],
  ['answers {}', { fault: 'empty-object' }, 'SOURCE_CONTRACT_BROKEN'],
  ['answers []', { fault: 'empty-array' }, 'SOURCE_CONTRACT_BROKEN'],
  ['has no rows', { fault: 'no-rows' }, 'SOURCE_CONTRACT_BROKEN'],
  ['reorders its rows', { fault: 'reorder' }, null],
];

describe.each(REGISTER_NAMES)('%s', (register) => {
  it.each(WHOLE_CALLS)('%s: the others’ data stays, and nothing of it lasts', async (_what, fault, code) => {
    const asked = fresh(CITIZEN);
    const startedAt = performance.now();
    const answer = await askDuring(register, [fault], asked);
    // Three hops at most, and what a shared machine adds.
    expect(performance.now() - startedAt).toBeLessThan(3 * 2 * REGISTER_TIMEOUT_MS + 2_000);
    if (costsFacts(register, fault, code)) expectPersonLost(asked, answer, code);
    else {
      expectLost(asked, answer, register, code);
      expectRecorded(asked, answer, register);
    }
    await (isShapeOfRecord(fault) ? expectKept(asked, answer) : expectRecovered(asked));
  });
});

it.each(WHOLE_CALLS.filter(([, fault, code]) => costsFacts('population', fault, code)))(
  'population %s: what is about nobody stays, in the same operation',
  async (_what, fault, code) => {
    const parcel = `landParcel(id: $id) { id area uses { purposeCode } holders { name } certificates { serial } }`;
    const { key } = fresh(`query ($id: ID!) { ${parcel} }`, parcelOf);
    const [personalId] = country.parcel(key)?.holders.flatMap((one) => one.personalId ?? []) ?? [];
    const query = `query ($id: ID!, $personalId: ID!) {
      ${parcel} other: landParcel(id: $id) { sheetNo } citizen(personalId: $personalId) { personalId } }`;
    const asked = { id: key, personalId };
    const whole = expectedAnswer(country, query, asked).data;
    expect(whole['citizen']).toEqual({ personalId });
    const answer = await askDuring('population', [fault], { query, variables: asked });
    expect(faultsOf(answer)).toEqual([`citizen ${code}`, `landParcel.holders ${code}`]);
    expect(answer.data).toEqual({
      ...whole,
      citizen: null,
      landParcel: { ...Object(whole['landParcel']), holders: null },
    });
    expect((await gateway.ask(query, asked)).data).toEqual(whole);
  },
);

interface RowCase {
  readonly register: Register;
  readonly row: string;
  readonly root: keyof typeof QUERIES;
  /** Key of the row, by the root's own. */
  readonly keyOf: (root: string) => string | undefined;
}

const same = (key: string): string => key;
const ROWS: readonly RowCase[] = [
  { register: 'population', row: 'person', root: 'citizen', keyOf: same },
  {
    register: 'population',
    row: 'household',
    root: 'citizen',
    keyOf: (id) => country.person(id)?.residenceFileNo,
  },
  { register: 'civil-status', row: 'events', root: 'citizen', keyOf: same },
  { register: 'business', row: 'interests', root: 'citizen', keyOf: same },
  { register: 'land', row: 'holdings', root: 'citizen', keyOf: same },
  { register: 'business', row: 'business', root: 'company', keyOf: same },
  { register: 'land', row: 'parcel', root: 'parcel', keyOf: same },
  // The register writes letters and digits of a serial apart.
  {
    register: 'land',
    row: 'certificate',
    root: 'certificate',
    keyOf: (serial) => serial.replace(/^\D+/, '$& '),
  },
];

const ROW_FAULTS: readonly (readonly [
  what: string,
  fault: (key: string, otherKey: string) => Fault,
  code: Code | null,
])[] = [
  ['missing', (key) => ({ fault: 'omit-row', key, onlyWithKey: key }), 'SOURCE_CONTRACT_BROKEN'],
  ['doubled', (key) => ({ fault: 'double-row', key, onlyWithKey: key }), 'SOURCE_CONTRACT_BROKEN'],
  [
    'another’s under its key',
    (key, otherKey) => ({ fault: 'swap-row', key, otherKey, onlyWithKey: key }),
    'SOURCE_CONTRACT_BROKEN',
  ],
  ['beside a stray one', (key, otherKey) => ({ fault: 'stray-row', otherKey, onlyWithKey: key }), null],
  [
    'of another shape',
    (key) => ({ fault: 'wrong-shape', where: 'record', key, onlyWithKey: key }),
    'SOURCE_CONTRACT_BROKEN',
  ],
];

/** Everything that would tell of somebody: ids, codes, names. */
function wordsOf(data: Json): readonly string[] {
  if (typeof data === 'string') return data.length > 8 ? [data] : [];
  return data !== null && typeof data === 'object' ? Object.values(data).flatMap(wordsOf) : [];
}

describe.each(ROWS)('a $row row of $register', ({ register, row, root, keyOf }) => {
  it.each(ROW_FAULTS)('%s: costs that row, and is nobody else’s', async (_what, faultOf, code) => {
    const { query, keyOf: rootOf } = QUERIES[root];
    const [asked, stranger] = [fresh(query, rootOf), fresh(query, rootOf)];
    const [key, otherKey] = [keyOf(asked.key) ?? '', keyOf(stranger.key) ?? ''];
    const fault = faultOf(key, otherKey);
    const answer = await askDuring(register, [fault], asked);
    if (row === 'person' && costsFacts(register, fault, code)) expectPersonLost(asked, answer, code);
    else {
      expectLost(asked, answer, register, code);
      expectRecorded(asked, answer, register);
    }
    const own = new Set(wordsOf(asked.expected.data as Json));
    const foreign = wordsOf(stranger.expected.data as Json).filter((word) => !own.has(word));
    expect(foreign.length).toBeGreaterThan(5);
    const told = new Set(wordsOf(answer.data ?? null));
    expect(foreign.filter((word) => told.has(word) && /\d{6}/.test(word))).toEqual([]);
    await (isShapeOfRecord(fault) ? expectKept(asked, answer) : expectRecovered(asked));
    const others = await gateway.ask(stranger.query, stranger.variables);
    expect([others.errors, others.data]).toEqual([[], stranger.expected.data]);
  });
});
