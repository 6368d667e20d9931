import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildFreshSubjects, type FreshSubject } from '../../support/registers/fresh-subjects.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { compareWithWhole } from '../../support/registers/lost-fields.ts';
import { recordsOf } from '../../support/recorded.ts';
import { REGISTER_NAMES, type Register } from '../../support/registers/register-of.ts';
import { CITIZEN } from '../../support/selections.ts';

/** A register's refusal of one officer, and deadlines: neither reaches anybody else. */
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const fresh = buildFreshSubjects(country);

const REFUSED = 'refused.nguyen-van-a';
const ask = (officer: string, variables: object): Promise<TestAnswer> =>
  gateway.ask(CITIZEN, variables, { officer });

/** The whole answer, or nobody with one error: who may not read the population register's facts may see nobody. */
function expectedFor(
  officer: string,
  { expected }: Pick<FreshSubject, 'expected'>,
): Pick<TestAnswer, 'data' | 'errors'> {
  if (!officer.startsWith('refused.')) return { data: expected.data, errors: [] };
  const message = 'A rule of the agreement denies this record.';
  const extensions = { code: 'ROW_DENIED', rule: 'register-refusal' };
  return { data: { citizen: null }, errors: [{ message, path: ['citizen'], extensions }] };
}

/** What each got, and what each should have. */
async function askAll(
  officers: readonly string[],
  asked: FreshSubject,
): Promise<readonly (readonly object[])[]> {
  const answers = await Promise.all(officers.map((officer) => ask(officer, asked.variables)));
  const got = answers.map(({ data, errors }) => ({ data, errors }));
  return [got, officers.map((officer) => expectedFor(officer, asked))];
}

it('who asks at the same time gets the data, who is refused gets none', async () => {
  const officers = ['officer.one', REFUSED, 'officer.two', 'refused.004.b', 'officer.three'];
  for (let round = 0; round < 3; round++) {
    const [got, wanted] = await askAll(officers, fresh(CITIZEN));
    expect(got).toEqual(wanted);
  }
});

it('who was refused stays refused where the cache holds the record for others', async () => {
  const asked = fresh(CITIZEN);
  for (const officer of [REFUSED, 'officer.one', REFUSED, 'officer.one']) {
    const [got, wanted] = await askAll([officer], asked);
    expect(got).toEqual(wanted);
  }
});

it('who never asked a register gets nothing from the cache that it would refuse', async () => {
  const asked = fresh(CITIZEN);
  for (const officer of ['officer.one', 'refused.newcomer', 'refused.newcomer']) {
    const [got, wanted] = await askAll([officer], asked);
    expect(got).toEqual(wanted);
  }
});

it('is on record without a single coordinate', async () => {
  const { variables } = fresh(CITIZEN);
  const answer = await ask(REFUSED, variables);
  const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
  expect(record?.answer).toMatchObject({ officer: REFUSED, outcome: 'answered' });
  expect(record?.entries).toMatchObject([
    { subject: { kind: 'person', key: variables.personalId }, outcome: 'failed', disclosed: [] },
  ]);
});

const OTHERS = REGISTER_NAMES.filter((name) => name !== 'population');

it.each(OTHERS)('a refusal by %s alone costs its own fields only', async (register) => {
  const mock = gateway.mocks.registers[register];
  mock.setRefusalRule((officer) => (officer === 'officer.unwanted' ? '005' : undefined));
  try {
    const { variables, expected } = fresh(CITIZEN);
    const answer = await ask('officer.unwanted', variables);
    const { paths, unknown, wrong } = compareWithWhole(CITIZEN, expected.data, answer.data ?? null, register);
    expect(wrong).toEqual([]);
    expect(paths.length).toBeGreaterThan(0);
    const denied = (list: readonly string[]): readonly string[] => list.map((path) => `${path} ROW_DENIED`);
    expect(faultsOf(answer)).toEqual(expect.arrayContaining([...denied(paths)]));
    expect([...denied(paths), ...denied(unknown)]).toEqual(expect.arrayContaining([...faultsOf(answer)]));
  } finally {
    mock.setRefusalRule();
  }
});

it('a refusal by population alone costs the person: nobody knows whether they may be seen', async () => {
  const { population, ...others } = gateway.mocks.registers;
  population.setRefusalRule((officer) => (officer === 'officer.unwanted' ? '005' : undefined));
  try {
    const { variables, expected } = fresh(CITIZEN);
    for (const { log } of Object.values(others)) log.clear();
    const { data, errors } = await ask('officer.unwanted', variables);
    expect({ data, errors }).toEqual(expectedFor(REFUSED, { expected }));
    expect(Object.values(others).map(({ log }) => log.calls)).toEqual([0, 0, 0]);
    expect((await ask('officer.wanted', variables)).data).toEqual(expected.data);
  } finally {
    population.setRefusalRule();
  }
});

/** What is answered while a register hangs, by a gateway that has no time. */
async function askImpatiently(register: Register, { variables }: FreshSubject): Promise<TestAnswer> {
  const impatient = await startTestGateway({
    mocks: gateway.mocks,
    overrides: { requestTimeoutMs: 400, registerTimeoutMs: 20_000 },
  });
  const { faults } = gateway.mocks.registers[register];
  faults.set({ fault: 'hang' });
  try {
    const startedAt = performance.now();
    const answer = await impatient.ask(CITIZEN, variables);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(recordsOf(impatient, [answer.headers.get('x-access-entry')])[0]?.answer.outcome).toBe('answered');
    return answer;
  } finally {
    faults.clear();
    await impatient.close();
  }
}

it.each(OTHERS)('the request’s own deadline ends the wait for %s', async (register) => {
  const asked = fresh(CITIZEN);
  const answer = await askImpatiently(register, asked);
  expect(new Set(answer.errors.map(({ extensions }) => extensions.code))).toEqual(
    new Set(['SOURCE_TIMEOUT']),
  );
  // No time is left for relatives; what was asked beside the hanging register has come.
  const { paths, wrong } = compareWithWhole(CITIZEN, asked.expected.data, answer.data ?? null, register);
  expect(paths.length).toBeGreaterThan(0);
  expect(wrong.filter((path) => path.split('.').length === 2)).toEqual([]);
});

it('the request’s own deadline ends the wait for population, before which nothing else is asked', async () => {
  const answer = await askImpatiently('population', fresh(CITIZEN));
  expect(answer.data).toEqual({ citizen: null });
  expect(faultsOf(answer)).toEqual(['citizen SOURCE_TIMEOUT']);
});
