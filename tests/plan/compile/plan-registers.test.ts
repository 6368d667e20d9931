import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { PlanRegisters } from '../../../src/plan/compile/plan.ts';
import { gateRegisters } from '../../../src/plan/rows/row-gate.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  OPEN_RIGHTS,
  operationOf,
  planOf,
  runPlan,
} from '../../support/plan-parts.ts';

const parts = buildSchemaParts();
const { country, mocks, connectors } = buildCountryParts();
const sources = buildSingleCallSources(connectors);
const [person] = country.people({ with: ['land', 'business', 'marriage'] });
const id = person?.personalId ?? '';

function registersOf(source: string): PlanRegisters {
  const document = parse(source);
  return planOf(parts, document, operationOf(document), {}).registers;
}

const citizen = (selection: string): string => `{ citizen(personalId: "${id}") { ${selection} } }`;

describe('the registers that a plan may call', () => {
  test.each([
    [citizen('name { full }'), ['population']],
    [citizen('birth { entryNo }'), ['population', 'civil-status']],
    [citizen('landParcels { id }'), ['population', 'land']],
    [citizen('businesses { code }'), ['population', 'business']],
    [`{ citizens(personalIds: ["${id}"]) { status } }`, ['population']],
    ['{ __typename __schema { description } }', []],
  ])('%s', async (source, expected) => {
    expect(registersOf(source).selected.toSorted()).toEqual(expected.toSorted());
    for (const { log } of Object.values(mocks.registers)) log.clear();
    await runPlan(parts, createTestReader(sources), parse(source), {});
    const called = Object.entries(mocks.registers).flatMap(([name, { log }]) =>
      log.calls > 0 ? [name] : [],
    );
    expect(expected).toEqual(expect.arrayContaining(called));
  });

  test('of a parcel alone nobody’s facts are read, of its holders they are', () => {
    expect(registersOf('{ landParcel(id: "1") { id area } }').leadsToPersons).toBe(false);
    expect(registersOf('{ landParcel(id: "1") { holders { name } } }').leadsToPersons).toBe(true);
    // A business code may be its owner's personal id.
    expect(registersOf('{ business(code: "1") { status } }').leadsToPersons).toBe(true);
    expect(registersOf(citizen('isMarried')).asksDeaths).toBe(true);
  });
});

describe('the registers of the gate', () => {
  const persons = { selected: ['population'], leadsToPersons: true, asksDeaths: false };
  const closed = { ...OPEN_RIGHTS, agreement: { ...OPEN_RIGHTS.agreement, clearance: new Set<never>() } };

  test.each([
    ['no rule denies anybody', persons, OPEN_RIGHTS, false, []],
    ['a rule may deny somebody', persons, closed, false, ['population', 'civil-status']],
    // The families of a dossier's parties are read all the same.
    [
      'nobody stands in the answer',
      { ...persons, leadsToPersons: false },
      closed,
      false,
      ['population', 'civil-status'],
    ],
    [
      'an officer’s family counts',
      persons,
      { ...OPEN_RIGHTS, officerPersonalId: '001085900012' },
      false,
      ['population', 'civil-status'],
    ],
    ['a factor is compared', { ...persons, leadsToPersons: false }, OPEN_RIGHTS, true, ['population']],
    [
      'deaths of relatives count',
      { ...persons, asksDeaths: true },
      OPEN_RIGHTS,
      false,
      ['population', 'civil-status'],
    ],
  ])('%s', (_name, registers, rights, hasMatch, expected) => {
    expect(gateRegisters(registers, rights, hasMatch)).toEqual(expected);
  });
});
