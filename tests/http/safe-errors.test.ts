import { buildSchema, validate, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { toSafeError } from '../../src/http/safe-errors.ts';

const ID = '001094000001';

/** Errors as Apollo formats them. */
const formatted = (message: string, code?: string, more: object = {}) =>
  toSafeError({ message, extensions: { ...(code === undefined ? {} : { code }), ...more } });

describe('an unexpected error', () => {
  it.each([undefined, 'INTERNAL_SERVER_ERROR'])('of code %s says nothing', (code) => {
    const safe = formatted(`connect ECONNREFUSED 10.0.0.1 ${ID}`, code, {
      stacktrace: ['at secret.ts'],
      exception: { body: ID },
    });
    expect(safe).toEqual({ message: 'The gateway failed.', extensions: { code: 'INTERNAL_ERROR' } });
  });
});

it('keeps code and rule of a field’s error, and nothing else of the extensions', () => {
  const safe = toSafeError({
    message: 'A rule of the agreement denies this record.',
    path: ['citizen'],
    extensions: { code: 'ROW_DENIED', rule: 'own-data', upstream: ID, http: { status: 200 } },
  });
  expect(safe).toEqual({
    message: 'A rule of the agreement denies this record.',
    path: ['citizen'],
    extensions: { code: 'ROW_DENIED', rule: 'own-data' },
  });
});

it('repeats nothing of a document that does not parse', () => {
  const safe = formatted(`Syntax Error: Expected ":", found Int "${ID}".`, 'GRAPHQL_PARSE_FAILED');
  expect(safe.message).toBe('The document is not valid GraphQL.');
});

const SCHEMA = buildSchema(`
  enum Sex { MALE FEMALE }
  input Match { fullName: String! birthDate: String! }
  type Citizen { name: String sex: Sex parcels(first: Int): [Citizen] }
  type Query { citizen(id: ID!, match: Match, sex: Sex): Citizen }
`);

/** What graphql-js itself says of each of them holds the id; the names of the schema may stay. */
const DOCUMENTS: readonly string[] = [
  `{ citizen(id: 1${ID}.5) { name } }`,
  `{ citizen(id: {a: "${ID}"}) { name } }`,
  `{ citizen(id: "1", sex: "${ID}") { name } }`,
  `{ citizen(id: "1", sex: x${ID}) { name } }`,
  `{ citizen(id: "1", match: "${ID}") { name } }`,
  `{ citizen(id: "1", match: { fullName: "${ID}" }) { name } }`,
  `{ citizen(id: "1", match: { x${ID}: 1, fullName: "", birthDate: "" }) { name } }`,
  `{ citizen(id: "1") { parcels(first: "${ID}") { name } } }`,
  `{ citizen(id: "1") { x${ID} } }`,
  `{ citizen(id: "1", x${ID}: 1) { name } }`,
  `{ citizen(id: "1") { name @x${ID} } }`,
  `{ citizen(id: "1") { ...x${ID} } }`,
  `query($x${ID}: ID) { citizen(id: "1") { name } }`,
  `{ citizen(id: $x${ID}) { name } }`,
  `query($a: x${ID}) { citizen(id: $a) { name } }`,
  `query($a: ID! = [1${ID}]) { citizen(id: $a) { name } }`,
  `query a${ID} { citizen(id: "1") { name } } query a${ID} { citizen(id: "1") { name } }`,
  `fragment x${ID} on Citizen { name } { citizen(id: "1") { name } }`,
  `{ a: citizen(id: "${ID}") { name } a: citizen(id: "1") { name } }`,
];

it.each(DOCUMENTS)('repeats no identifier of %s', (document) => {
  const errors = validate(SCHEMA, parse(document));
  expect(errors.length).toBeGreaterThan(0);
  const safe = errors.map(({ message }) => formatted(message, 'GRAPHQL_VALIDATION_FAILED').message);
  expect(safe.join('\n')).not.toContain(ID);
});

it('still says which name does not fit, within reason', () => {
  const [error] = validate(SCHEMA, parse('{ citizen(id: "1") { nmae } }'), undefined, {
    hideSuggestions: true,
  });
  expect(formatted(error?.message ?? '', 'GRAPHQL_VALIDATION_FAILED').message).toBe(
    'Cannot query field "nmae" on type "Citizen".',
  );
  expect(
    formatted(`Cannot query field "${'a'.repeat(400)}" on type "Citizen".`, 'GRAPHQL_VALIDATION_FAILED')
      .message,
  ).toBe('The document does not fit the schema here.');
});
