import { buildSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import type { FieldLabels } from '../../../src/policy/grant/field-labels.ts';
import { NO_GRANT, readGrant, type GrantNode } from '../../../src/policy/grant/grant.ts';
import { buildSchemaParts } from '../../support/plan-parts.ts';

const { schema, facts } = buildSchemaParts();
const BASIC = new Set(['BASIC'] as const);

function write({ fields }: GrantNode): string {
  return [...fields]
    .map(([name, { arguments: args, selection, possible }]) => {
      const values = [...args].map(([argument, only]) => (only === null ? argument : `${argument}=${only}`));
      const given = values.length > 0 ? `(${values.join(' ')})` : '';
      const below = selection
        ? [write(selection)]
        : [...(possible ?? [])].map(([type, node]) => `${type}{${write(node)}}`);
      return `${name}${given}${below.length > 0 ? `{${below.join(' ')}}` : ''}`;
    })
    .join(' ');
}

test('a grant is a finite tree of names and arguments', () => {
  const { grant, faults } = readGrant(
    schema,
    facts,
    `query Grant($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) { ...Person marriages(first: 3) { spouse { ...Person } } } }
     fragment Person on Citizen { __typename personalId name { full } }`,
    BASIC,
  );
  expect(faults).toEqual([]);
  expect(write(grant)).toBe(
    'citizen(personalId match){personalId name{full} marriages(first=3){spouse{personalId name{full}}}}',
  );
});

test('what is written out is the only value of an argument, in any spelling', () => {
  const { grant, faults } = readGrant(schema, facts, '{ citizen(personalId: 12) { personalId } }', BASIC);
  expect(faults).toEqual([]);
  expect(grant.fields.get('citizen')).toMatchObject({
    coordinate: 'Query.citizen',
    arguments: new Map([['personalId', '12']]),
  });
  expect(readGrant(schema, facts, '{ citizen(personalId: "12") { personalId } }', BASIC).grant).toEqual(
    grant,
  );
});

test.each([
  [
    '{ citizen(personalId: "1", match: null) { personalId } }',
    ['grant: Query.citizen.match must be a variable or a single value'],
  ],
  [
    'query ($n: String!) { citizen(personalId: "1", match: { fullName: $n, birthDate: "1990" }) { personalId } }',
    ['grant: Query.citizen.match must be a variable or a single value'],
  ],
  ['{ citizen(', ['grant: Syntax Error']],
  ['{ citizen(personalId: "1") { salary } }', ['grant: Cannot query field "salary"']],
  [
    '{ citizen(personalId: "1") { ...F } } fragment F on Citizen { marriages { spouse { ...F } } }',
    ['grant: Cannot spread fragment "F" within itself'],
  ],
  [
    'query A { citizen(personalId: "1") { personalId } } query B { citizen(personalId: "1") { personalId } }',
    ['grant: must be exactly one query'],
  ],
  [
    'fragment F on Citizen { personalId }',
    ['grant: Fragment "F" is never used.', 'grant: must be exactly one query'],
  ],
  [
    'query ($x: Boolean!) { citizen(personalId: "1") { personalId @include(if: $x) } }',
    ['grant: must not be conditional'],
  ],
  ['{ citizen(personalId: "1") { personalId @,skip(if: false) } }', ['grant: must not be conditional']],
  ['{ me: citizen(personalId: "1") { id: personalId } }', ['grant: alias me', 'grant: alias id']],
  [
    '{ citizen(personalId: "1") { religion ethnicity landParcels { area } } }',
    [
      'grant: Citizen.religion is SENSITIVE, which the agreement does not name',
      'grant: Citizen.ethnicity is SENSITIVE, which the agreement does not name',
      'grant: LandParcel.area is NON_PERSONAL, which the agreement does not name',
    ],
  ],
])('every fault of %s', (source, wanted) => {
  const { faults } = readGrant(schema, facts, source, BASIC);
  expect(faults).toHaveLength(wanted.length);
  for (const start of wanted) expect(faults.some((fault) => fault.startsWith(start))).toBe(true);
});

test('a document that cannot be a grant grants nothing', () => {
  expect(readGrant(schema, facts, 'query { citizen(', BASIC).grant).toBe(NO_GRANT);
});

describe('interfaces and unions', () => {
  const abstract = buildSchema(`
    interface Party { name: String }
    type Person implements Party { name: String faith: String }
    type Company implements Party { name: String }
    union Holder = Person | Company
    type Query { party: Party holders: [Holder] }
  `);
  const labels: FieldLabels = {
    categoryOf: (coordinate) =>
      coordinate === 'Person.faith' ? 'SENSITIVE' : coordinate === 'Company.name' ? 'NON_PERSONAL' : 'BASIC',
  };

  test('are granted by object type', () => {
    const { grant, faults } = readGrant(
      abstract,
      labels,
      '{ party { name } holders { __typename ... on Party { ... on Person { name faith } } } }',
      new Set(['BASIC', 'SENSITIVE', 'NON_PERSONAL']),
    );
    expect(faults).toEqual([]);
    expect(write(grant)).toBe('party{Person{name} Company{name}} holders{Person{name faith} Company{}}');
  });

  test('ask for the category of each object type', () => {
    const { faults } = readGrant(abstract, labels, '{ party { name ... on Person { faith } } }', BASIC);
    expect(faults).toEqual([
      'grant: Person.faith is SENSITIVE, which the agreement does not name',
      'grant: Company.name is NON_PERSONAL, which the agreement does not name',
    ]);
  });
});
