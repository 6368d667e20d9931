import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { buildFolderGateways, type FolderGateway } from '../../support/folder-gateways.ts';
import { recordsOf } from '../../support/recorded.ts';
import { buildFreshSubjects } from '../../support/registers/fresh-subjects.ts';
import { country, type Caller, type TestGateway } from '../../support/gateway.ts';
import { CITIZEN } from '../../support/selections.ts';

/** Covert accesses and citizens' own look-ups: neither can be timed from what others do. */
const NAME = 'query ($id: ID!) { citizen(personalId: $id) { name { full } } }';
const COVERT: Caller = {};
const PORTAL: Caller = { client: 'dvc-portal', purpose: 'form-prefill' };
const fresh = buildFreshSubjects(country);
const gateways = buildFolderGateways();
let folder: FolderGateway;
let gateway: TestGateway;

const nextPerson = (): string => fresh(CITIZEN).variables.personalId;

beforeAll(async () => {
  folder = await gateways.start('covert');
  ({ gateway } = folder);
  folder.put(
    'inspection.yaml',
    `${folder.read('inspection.yaml').replace('version: 1', 'version: 2')}withheldDays: 30\n`,
  );
  await vi.waitFor(
    async () => {
      const answer = await gateway.ask(NAME, { id: nextPerson() }, COVERT);
      const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
      if ((record?.answer.release ?? null) === null) throw new Error('the agreement is not covert yet');
    },
    { timeout: 10_000, interval: 100 },
  );
});

afterAll(() => gateways.close());

/** Number of calls to registers for this look-up. */
async function callsFor(id: string, caller: Caller): Promise<number> {
  const logs = Object.values(gateway.mocks.registers).map(({ log }) => log);
  const count = (): number => logs.reduce((sum, { calls }) => sum + calls, 0);
  const before = count();
  const { data, errors } = await gateway.ask(NAME, { id }, caller);
  expect([errors, data?.['citizen']]).toEqual([[], expect.any(Object)]);
  return count() - before;
}

describe('a covert access', () => {
  test('leaves nothing to others, gate facts included', async () => {
    const id = nextPerson();
    const unseen = await callsFor(nextPerson(), PORTAL);
    expect(await callsFor(id, COVERT)).toBeGreaterThan(0);
    expect(await callsFor(id, PORTAL)).toBe(unseen);
    expect(await callsFor(id, PORTAL)).toBe(0);
  });

  test('takes nothing from others, nor from itself', async () => {
    const id = nextPerson();
    const alone = await callsFor(nextPerson(), COVERT);
    await callsFor(id, PORTAL);
    for (const _round of [1, 2]) expect(await callsFor(id, COVERT)).toBe(alone);
  });

  test('does not join a call in flight', async () => {
    const id = nextPerson();
    const alone = await callsFor(nextPerson(), COVERT);
    const logs = Object.values(gateway.mocks.registers).map(({ log }) => log);
    const count = (): number => logs.reduce((sum, { calls }) => sum + calls, 0);
    const before = count();
    await Promise.all(['officer.a', 'officer.b'].map((officer) => gateway.ask(NAME, { id }, { officer })));
    expect(count() - before).toBe(2 * alone);
  });

  test('earns its officer no approval', async () => {
    const id = nextPerson();
    await callsFor(id, PORTAL);
    const officer = 'officer.seen-covertly';
    await callsFor(nextPerson(), { ...COVERT, officer });
    expect(await callsFor(id, { ...PORTAL, officer })).toBeGreaterThan(0);
  });
});

describe('a citizen’s own look-up', () => {
  test('costs the same calls, whether or not somebody has looked', async () => {
    const id = nextPerson();
    const unseen = await callsFor(nextPerson(), PORTAL);
    await callsFor(id, PORTAL);
    for (const _round of [1, 2, 3]) expect(await callsFor(id, { citizen: id })).toBe(1);
    expect(unseen).toBeGreaterThan(0);
  });

  test('may leave its records to others', async () => {
    const id = nextPerson();
    const officer = 'officer.later';
    await callsFor(nextPerson(), { ...PORTAL, officer });
    await callsFor(id, { citizen: id });
    // The death is a fact of the gate that the citizen did not ask for.
    expect(await callsFor(id, { ...PORTAL, officer })).toBe(1);
  });
});

test('a record with a value that cannot be read is cached like any other', async () => {
  const [id, sound] = [nextPerson(), nextPerson()];
  const officer = 'officer.patient';
  const { population, 'civil-status': civilStatus } = gateway.mocks.registers;
  await callsFor(nextPerson(), { ...PORTAL, officer });
  population.faults.set({ fault: 'wrong-shape', where: 'record', key: id, onlyWithKey: id });
  try {
    const query = 'query ($id: ID!) { citizen(personalId: $id) { personalId name { full } birthDate } }';
    const calls = async (key: string): Promise<number> => {
      const before = population.log.calls + civilStatus.log.calls;
      await gateway.ask(query, { id: key }, { ...PORTAL, officer });
      return population.log.calls + civilStatus.log.calls - before;
    };
    const [first, again] = [await calls(id), await calls(id)];
    expect([first, again]).toEqual([await calls(sound), await calls(sound)]);
    expect(again).toBe(0);
  } finally {
    population.faults.clear();
  }
});
