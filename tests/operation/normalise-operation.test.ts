import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { normaliseOperation, type SelectedField } from '../../src/operation/normalise-operation.ts';
import { UserInputError } from '../../src/operation/user-input-error.ts';
import { codeOf } from '../sources/fixtures/register-fixture.ts';

const objects = buildSchema(`
  type Query { citizen(id: ID!): Citizen other: Int }
  type Citizen { name: Name sex: String mother: Citizen events(first: Int): [Event] }
  type Name { full: String }
  type Event { place: String mother: Citizen }
`);

/** `alias:field{...}`, alias only where there is one; below an interface or union `Type{...}` for each object type. */
function write(fields: readonly SelectedField[]): string {
  return fields
    .map(({ responseName, fieldName, children, possible }) => {
      const name = responseName === fieldName ? fieldName : `${responseName}:${fieldName}`;
      if (children) return `${name}{${write(children)}}`;
      if (!possible) return name;
      return `${name}{${[...possible].map(([type, own]) => `${type}{${write(own)}}`).join(' ')}}`;
    })
    .join(' ');
}

function normalise(
  source: string,
  variables: Readonly<Record<string, unknown>> = {},
  schema = objects,
): readonly SelectedField[] {
  const document = parse(source);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return normaliseOperation(schema, document, operation, variables);
}

/** Every row is another spelling of one selection. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  'citizen{sex name{full}}': [
    '{ citizen(id: 1) { sex name { full } } }',
    '{ citizen(id: 1) { ...F name { full } } } fragment F on Citizen { sex }',
    '{ citizen(id: 1) { ... { sex } ... on Citizen { name { full } } } }',
    '{ citizen(id: 1) { sex } citizen(id: 1) { name { full } } citizen(id: 1) { sex } }',
    '{ ...Q } fragment Q on Query { citizen(id: 1) { ...F } } fragment F on Citizen { sex ...G } fragment G on Citizen { name { full } }',
    '{ citizen(id: 1) { sex name { full @skip(if: true) } name { ... on Name { full } } } }',
    '{ citizen(id: 1) { ...F @skip(if: true) sex ...F @include(if: true) } } fragment F on Citizen { name { full } }',
    '{ citizen(id: 1) { sex @include(if: true) @skip(if: false) mother @include(if: false) { sex } name { full } } }',
  ],
  'a:citizen{b:sex c:__typename}': ['{ a: citizen(id: 1) { b: sex c: __typename } }'],
  'citizen{name{}}': ['{ citizen(id: 1) { name { full @skip(if: true) } } }'],
  'citizen{mother{sex mother{sex}}}': [
    '{ citizen(id: 1) { mother { ...F mother { ...F } } } } fragment F on Citizen { sex }',
  ],
  'citizen{events{place mother{sex}}}': [
    '{ citizen(id: 1) { events(first: 2) { place } ... { events(first: 2) { mother { sex } } } } }',
  ],
};

test.each(Object.entries(SPELLINGS).flatMap(([tree, sources]) => sources.map((source) => [tree, source])))(
  '%s <- %s',
  (tree, source) => {
    expect(write(normalise(source))).toBe(tree);
  },
);

const BY_VARIABLES =
  'query ($a: Boolean!, $b: Boolean = true) { other @include(if: $a) @skip(if: $b) citizen(id: 1) { sex } }';

test.each([
  [{ a: true, b: false }, 'other citizen{sex}'],
  [{ a: true, b: true }, 'citizen{sex}'],
  [{ a: false, b: false }, 'citizen{sex}'],
])('conditions by variables %o', (variables, tree) => {
  expect(write(normalise(BY_VARIABLES, variables))).toBe(tree);
});

test('a null condition is the caller’s fault', () => {
  expect(() => normalise(BY_VARIABLES, { a: true, b: null })).toThrow(UserInputError);
});

test('arguments and coordinates stay with the field', () => {
  const [citizen] = normalise('query ($n: Int) { citizen(id: "7") { events(first: $n) { place } } }');
  expect(citizen?.coordinate).toBe('Query.citizen');
  expect([...(citizen?.arguments.keys() ?? [])]).toEqual(['id']);
  const [events] = citizen?.children ?? [];
  expect(events?.coordinate).toBe('Citizen.events');
  expect([...(events?.arguments.keys() ?? [])]).toEqual(['first']);
});

describe('interfaces and unions', () => {
  const abstract = buildSchema(`
    interface Node { id: ID }
    interface Party implements Node { id: ID name: String holds(first: Int): [Thing] }
    type Person implements Party & Node { id: ID name: String holds(first: Int): [Thing] sex: String home: Parcel }
    type Company implements Party & Node { id: ID name: String holds(first: Int): [Thing] code: String }
    type Parcel implements Node { id: ID kind: String area: Int owner: Party }
    union Thing = Parcel | Company
    type Query { party: Party thing: [[Thing]] person: Person node: Node }
  `);
  /** Every row is another spelling of one selection. */
  const spellings: Readonly<Record<string, readonly string[]>> = {
    'person{id name sex}': [
      '{ person { id name sex } }',
      '{ person { ... on Node { id } ... on Party { name } ... on Person { sex } } }',
      '{ person { ...N } } fragment N on Node { id ... on Party { ...P } } fragment P on Party { name ... on Person { sex } }',
      '{ person { ... on Party { ... on Node { ... on Person { id } } name } sex ... on Node { id } } }',
      '{ person { ... on Party { id ... on Company { code } } name ... on Node { ... on Parcel { area } } sex } }',
    ],
    'party{Person{id} Company{id}}': [
      '{ party { id } }',
      '{ party { ... on Node { id } } }',
      '{ party { ... on Person { id } ... on Company { id } } }',
      '{ party { ...P ... on Thing { ... on Company { id } } } } fragment P on Person { ... { id } }',
    ],
    'party{Person{name sex} Company{name}}': [
      '{ party { name ... on Person { sex } } }',
      '{ party { ... on Person { name sex } ... on Company { name } } }',
      '{ party { name @include(if: true) ... on Node { ... on Person { sex } } } }',
      '{ party { name } party { ... on Person { name sex } } }',
    ],
    'thing{Parcel{area} Company{}}': [
      '{ thing { ... on Parcel { area } } }',
      '{ thing { ... on Parcel { area } ... on Company { code @skip(if: true) } } }',
      '{ thing { ... on Thing { ... on Node { ... on Parcel { area } } } } }',
    ],
    'thing{Parcel{__typename x:kind} Company{__typename x:code}}': [
      '{ thing { __typename ... on Parcel { x: kind } ... on Company { x: code } } }',
    ],
    'node{Person{id home{owner{Person{id} Company{id code}}}} Company{id} Parcel{id}}': [
      '{ node { id ... on Person { home { owner { id ... on Company { code } } } } } }',
      '{ node { ... on Node { id } ...H } } fragment H on Person { home { owner { ...I ... on Thing { ...C } } } } fragment I on Party { id } fragment C on Company { code }',
    ],
    'person{holds{Parcel{id} Company{id}}}': [
      '{ person { ... on Party { holds(first: 1) { ... on Node { id } } } } }',
    ],
  };
  const rows = Object.entries(spellings).flatMap(([tree, sources]) =>
    sources.map((source) => [tree, source]),
  );

  test.each(rows)('%s <- %s', (tree, source) => {
    expect(write(normalise(source ?? '', {}, abstract))).toBe(tree);
  });

  test('coordinates are those of the object types, through whichever interface a field was selected', () => {
    const [party] = normalise('{ party { id holds { ... on Node { id } } } }', {}, abstract);
    const coordinates = [...(party?.possible ?? [])].map(([type, fields]) => [
      type,
      fields.flatMap((field) => [
        field.coordinate,
        ...[...(field.possible?.values() ?? [])].flat().map((below) => below.coordinate),
      ]),
    ]);
    expect(coordinates).toEqual([
      ['Person', ['Person.id', 'Person.holds', 'Parcel.id', 'Company.id']],
      ['Company', ['Company.id', 'Company.holds', 'Parcel.id', 'Company.id']],
    ]);
  });

  test('abstract types within each other cannot multiply a small document beyond the limit', async () => {
    const nested = (levels: number): string =>
      `{ party { ${'holds { ... on Parcel { owner { '.repeat(levels)}id${' } } }'.repeat(levels)} } }`;
    const count = (levels: number): Promise<string> =>
      codeOf(Promise.resolve().then(() => normalise(nested(levels), {}, abstract)));
    expect(await count(5)).toBe('fulfilled');
    expect(await count(9)).toBe('OPERATION_TOO_LARGE');
  });
});
