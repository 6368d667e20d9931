import { expect, test } from 'vitest';
import { readFieldFacts } from '../../src/sources/field-facts.ts';

function read(population: string, land = '') {
  return readFieldFacts(
    new Map([
      ['population', population],
      ['land', land || 'type LandParcel { id: ID @category(of: NON_PERSONAL) }'],
    ]),
  );
}

const OWNER = 'type Citizen { personalId: ID @category(of: BASIC) }';

test('a label belongs to the register whose SDL has the field', () => {
  const { facts, faults } = read(
    `${OWNER} extend type Citizen { religion: String @category(of: SENSITIVE) }`,
    'type Citizen { personalId: ID @joinKey area: Float @category(of: NON_PERSONAL) }',
  );
  expect(faults).toEqual([]);
  expect(facts.of('Citizen.religion')).toEqual({
    coordinate: 'Citizen.religion',
    register: 'population',
    category: 'SENSITIVE',
    isMinimised: false,
  });
  expect(facts.of('Citizen.area')?.register).toBe('land');
  expect(facts.of('Citizen.personalId')?.register).toBe('population');
  expect(facts.categoryOf('Citizen.salary')).toBeUndefined();
});

test('a field that answers a question says so', () => {
  const { facts } = read(`${OWNER} extend type Citizen { isAdult: Boolean @category(of: BASIC) @minimised }`);
  expect(facts.isMinimised('Citizen.isAdult')).toBe(true);
  expect(facts.isMinimised('Citizen.personalId')).toBe(false);
  expect(facts.isMinimised('Citizen.salary')).toBe(false);
});

test.each([
  ['no label', 'type Citizen { name: String }', '', 'Citizen.name: no data category'],
  [
    'a label that there is not',
    'type Citizen { name: String @category(of: SECRET) }',
    '',
    'Citizen.name: no data category',
  ],
  ['no label on a root', 'type Query { citizen: Int }', '', 'Query.citizen: no data category'],
  [
    'two labels',
    'type Citizen { name: String @category(of: BASIC) @category(of: SENSITIVE) }',
    '',
    'Citizen.name: labelled twice',
  ],
  ['two registers', OWNER, OWNER, 'Citizen.personalId: labelled twice'],
  [
    'two registers and another label',
    OWNER,
    'type Citizen { personalId: ID @category(of: SENSITIVE) }',
    'Citizen.personalId: labelled twice',
  ],
  [
    'a join key with a label',
    OWNER,
    'type Citizen { personalId: ID @joinKey @category(of: BASIC) }',
    'Citizen.personalId: a join key is labelled by its owner only',
  ],
  [
    'a join key of nobody',
    OWNER,
    'type Business { code: ID @joinKey }',
    'Business.code: join key of no register',
  ],
  [
    'an interface',
    `${OWNER} interface Party { name: String @category(of: BASIC) }`,
    '',
    'Party: abstract types are not supported',
  ],
  ['a union', `${OWNER} union Party = Citizen`, '', 'Party: abstract types are not supported'],
])('%s is a fault', (_name, population, land, fault) => {
  expect(read(population, land).faults).toEqual([fault]);
});
