import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolderGateways, type FolderGateway } from '../../support/folder-gateways.ts';
import { country, type TestAnswer } from '../../support/gateway.ts';

const QUERY = 'query($id: ID!) { citizen(personalId: $id) { name { full } landParcels { id area } } }';
const gateways = buildFolderGateways();
const people = country.people({ with: ['land'] });
let accepting: FolderGateway;
let plain: FolderGateway;

beforeAll(async () => {
  accepting = await gateways.start('accepting');
  plain = await gateways.start('plain');
  const terms = (folder: FolderGateway): string =>
    folder
      .read('inspection.yaml')
      .replace(/^version: (\d+)/m, (_all, version) => `version: ${Number(version) + 1}`);
  // Every record is read anew, so that no test waits until one is too old.
  accepting.put('inspection.yaml', `${terms(accepting)}\nrecordAge: 0\nstaleAge: 600\n`);
  plain.put('inspection.yaml', `${terms(plain)}\nrecordAge: 0\n`);
});
afterAll(() => gateways.close());

function nextPerson(): string {
  const { value } = people.next();
  if (!value) throw new Error('the country has too few');
  return value.personalId;
}

const ask = ({ gateway }: FolderGateway, id: string): Promise<TestAnswer> => gateway.ask(QUERY, { id });

function sourceOf({ text }: TestAnswer, register: string): unknown {
  const { extensions } = JSON.parse(text) as {
    readonly extensions: { readonly sources: readonly { readonly register: string }[] };
  };
  return extensions.sources.find((source) => source.register === register);
}

test('the terms are in force', async () => {
  for (const folder of [accepting, plain]) {
    await expect
      .poll(async () => sourceOf(await ask(folder, nextPerson()), 'land'), { timeout: 10_000 })
      .toMatchObject({ freshness: 'LIVE' });
  }
});

test('while a register fails its old record stands in where the agreement accepts it, and that is told', async () => {
  const id = nextPerson();
  const before = await ask(accepting, id);
  const { faults } = accepting.gateway.mocks.registers.land;
  faults.set({ fault: 'drop' });
  const during = await ask(accepting, id);
  const never = await ask(accepting, nextPerson());
  faults.clear();
  expect([during.errors, during.data]).toEqual([[], before.data]);
  expect(sourceOf(during, 'land')).toMatchObject({ freshness: 'STALE', state: 'UNAVAILABLE' });
  // Told alike where no record was there: it follows from the agreement and the fault.
  expect(never.errors[0]?.extensions.code).toBe('SOURCE_UNAVAILABLE');
  expect(sourceOf(never, 'land')).toMatchObject({ freshness: 'STALE', state: 'UNAVAILABLE' });
  expect(sourceOf(await ask(accepting, id), 'land')).toMatchObject({ freshness: 'LIVE', state: 'OK' });
});

test('nothing old stands in under another agreement, nor for facts on which rights depend', async () => {
  const id = nextPerson();
  await Promise.all([ask(plain, id), ask(accepting, id)]);
  const { land, population } = plain.gateway.mocks.registers;
  land.faults.set({ fault: 'drop' });
  const withoutTerm = await ask(plain, id);
  land.faults.clear();
  expect(withoutTerm.errors[0]?.extensions.code).toBe('SOURCE_UNAVAILABLE');
  expect(sourceOf(withoutTerm, 'land')).toMatchObject({ freshness: 'LIVE' });
  population.faults.set({ fault: 'drop' });
  const withoutFacts = await ask(accepting, id);
  population.faults.clear();
  expect(withoutFacts.data?.['citizen'] ?? null).toBeNull();
  expect(withoutFacts.errors[0]?.extensions.code).toBe('SOURCE_UNAVAILABLE');
  expect(sourceOf(withoutFacts, 'population')).toMatchObject({ freshness: 'LIVE' });
});
