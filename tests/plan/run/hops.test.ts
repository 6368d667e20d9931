import { parse } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  runPlan,
} from '../../support/plan-parts.ts';
import { CITIZEN, CITIZENS, ROW_AND_SPOUSE } from '../../support/selections.ts';

/** The contract's citizen and the widest row that an agreement grants, counted at the registers' own logs. */
const parts = buildSchemaParts();
const { country, mocks, connectors } = buildCountryParts();
const sources = buildSingleCallSources(connectors);
/** Items a call (WIRE.md). */
const MOST_ITEMS = 100;

const persons: string[] = [];
for (const { personalId } of country.people({ with: ['land', 'business', 'marriage'] })) {
  persons.push(personalId);
  if (persons.length === 20) break;
}

type Counts = Record<keyof typeof mocks.registers, number>;

async function countCalls(
  source: string,
  variables: object,
): Promise<{ calls: Counts; items: Counts; text: string }> {
  const answer = await runPlan(parts, createTestReader(sources), parse(source), { ...variables });
  expect(answer.errors).toEqual([]);
  const count = (of: (name: keyof Counts) => number): Counts => ({
    population: of('population'),
    business: of('business'),
    land: of('land'),
    'civil-status': of('civil-status'),
  });
  return {
    calls: count((name) => mocks.registers[name].log.calls),
    items: count((name) => mocks.registers[name].log.entries().length),
    text: JSON.stringify(answer.data),
  };
}

describe('a register is called at most once a hop per 100 keys', () => {
  beforeEach(() => {
    for (const { log } of Object.values(mocks.registers)) log.clear();
  });

  test.each(persons.slice(0, 5))('one citizen, however many relatives: %#', async (personalId) => {
    const { calls, text } = await countCalls(CITIZEN, { personalId });
    // Person; household and parents; members and representatives. The others' records come along with their lists.
    expect(calls.population).toBeLessThanOrEqual(3);
    expect({ ...calls, population: 0 }).toEqual({ population: 0, business: 1, land: 1, 'civil-status': 1 });
    expect(text).toContain(personalId);
  });

  test('twenty citizens in one operation', async () => {
    const { calls, items } = await countCalls(CITIZENS, { personalIds: persons });
    expect(items.population).toBeGreaterThan(persons.length * 4);
    expect(calls.population).toBeLessThanOrEqual(3 + Math.floor(items.population / MOST_ITEMS));
    expect({ ...calls, population: 0 }).toEqual({ population: 0, business: 1, land: 1, 'civil-status': 1 });
  });

  test('the inspectorate row with the spouse’s row', async () => {
    for (const personalId of persons.slice(0, 5)) {
      for (const { log } of Object.values(mocks.registers)) log.clear();
      const { calls, items } = await countCalls(ROW_AND_SPOUSE, { id: personalId });
      // The spouse is found in hop 2, so its own relatives in hops 3 to 5.
      expect(calls.population).toBeLessThanOrEqual(5 + Math.floor(items.population / MOST_ITEMS));
      expect(calls.business).toBeLessThanOrEqual(3);
      expect(calls.land).toBeLessThanOrEqual(3);
      expect(calls['civil-status']).toBe(2);
    }
  });

  test('nobody is asked for twice', async () => {
    await countCalls(CITIZENS, { personalIds: [...persons, ...persons] });
    for (const { log } of Object.values(mocks.registers)) {
      const keys = log.entries().map(({ kind, key }) => `${kind} ${key}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('no register is asked for a malformed identifier', async () => {
    const source =
      '{ citizen(personalId: "12") { sex } citizens(personalIds: ["x"]) { status citizen { sex } } }';
    const answer = await runPlan(parts, createTestReader(sources), parse(source), {});
    expect(answer.data).toEqual({ citizen: null, citizens: [{ status: 'BAD_IDENTIFIER', citizen: null }] });
    expect(answer.errors).toEqual([
      { code: 'BAD_IDENTIFIER', path: ['citizen'], coordinate: null, rule: null },
      { code: 'BAD_IDENTIFIER', path: ['citizens', 0, 'citizen'], coordinate: null, rule: null },
    ]);
    expect(Object.values(mocks.registers).map(({ log }) => log.calls)).toEqual([0, 0, 0, 0]);
  });

  test('nothing else is asked of a subject whose factor does not fit', async () => {
    const source = `query ($id: ID!) { citizen(personalId: $id, match: { fullName: "Không Phải", birthDate: "1990" }) {
      personalId name { full } birthDate sex landParcels { id } birth { place } household { members { relationToHead } } } }`;
    const { calls, text } = await countCalls(source, { id: persons[0] });
    expect(text).toBe('{"citizen":null}');
    expect(calls).toEqual({ population: 1, business: 0, land: 0, 'civil-status': 0 });
  });
});
