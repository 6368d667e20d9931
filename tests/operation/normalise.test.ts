import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { normaliseOperation, type SelectedField } from '../../src/operation/normalise.ts';
import { UserInputError } from '../../src/operation/user-input-error.ts';

const schema = buildSchema(`
  type Query { citizen(id: ID!): Citizen other: Int }
  type Citizen { name: Name sex: String mother: Citizen events(first: Int): [Event] }
  type Name { full: String }
  type Event { place: String mother: Citizen }
`);

/** `alias:field{...}`, alias only where there is one. */
function write(fields: readonly SelectedField[]): string {
  return fields
    .map(({ responseName, fieldName, children }) => {
      const name = responseName === fieldName ? fieldName : `${responseName}:${fieldName}`;
      return children ? `${name}{${write(children)}}` : name;
    })
    .join(' ');
}

function normalise(
  source: string,
  variables: Readonly<Record<string, unknown>> = {},
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
