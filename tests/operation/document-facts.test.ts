import { createHash } from 'node:crypto';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { coerceVariables } from '../../src/operation/coerce-variables.ts';
import { conditionVariablesOf } from '../../src/operation/condition-variables.ts';
import { dataOperationsOf } from '../../src/operation/data-operations.ts';
import { operationTextOf } from '../../src/operation/operation-text.ts';
import { UserInputError } from '../../src/operation/user-input-error.ts';

test.each([
  ['{ a }', []],
  ['query ($x: Boolean!) { a @include(if: $x) }', ['x']],
  ['query ($x: Boolean!, $i: ID!) { a(i: $i) @include(if: true) b @skip(if: $x) }', ['x']],
  [
    'query ($z: Boolean!, $y: Boolean!) { ...F @skip(if: $z) @include(if: $y) } fragment F on Q { a @skip(if: $z) }',
    ['y', 'z'],
  ],
  ['query ($y: Boolean!) { ... @include(if: $y) { a } }', ['y']],
])('conditions of %s', (source, names) => {
  expect(conditionVariablesOf(parse(source))).toEqual(names);
});

test.each([
  ['{ __typename }', []],
  ['{ __schema { types { name } } __type(name: "Citizen") { name } }', []],
  ['{ citizen { name } }', ['']],
  ['query A { __typename } query B { citizen { name } }', ['B']],
  ['{ ...F } fragment F on Query { ... { ...G } } fragment G on Query { citizen { name } }', ['']],
  ['{ ...F } fragment F on Query { __typename }', []],
  // A condition may hold in another request with the same document.
  ['{ citizen @include(if: false) { name } }', ['']],
  ['{ a: __typename ...Missing }', ['']],
])('data is asked by %s', (source, names) => {
  expect([...dataOperationsOf(parse(source))]).toEqual(names);
});

describe('operation hash', () => {
  const hashOf = (source: string): string => operationTextOf(parse(source)).hash;
  const REFERENCE = hashOf('{ citizen(id: "001099000001", n: 1, f: 1.5, l: ["a"], o: { k: "v" }) { name } }');

  test.each([
    '{ citizen(id: "079188000002", n: 22, f: 0.1, l: ["b", "c"], o: { other: "w", k: 2 }) { name } }',
    '{ citizen(id: """079188000002""", n: 22, f: 0.1, l: [], o: {}) { name } }',
    '{citizen(id:"x",n:0,f:0.0,l:[$v],o:{k:$w}){name}}',
  ])('is the same for other literals: %s', (source) => {
    expect(hashOf(source)).toBe(REFERENCE);
  });

  test.each([
    '{ citizen(id: "001099000001", n: 1, f: 1.5, l: ["a"], o: { k: "v" }) { sex } }',
    '{ citizen(id: "001099000001", n: 1, f: 1.5, l: ["a"]) { name } }',
    '{ citizen(id: $id, n: 1, f: 1.5, l: ["a"], o: { k: "v" }) { name } }',
  ])('differs for another question: %s', (source) => {
    expect(hashOf(source)).not.toBe(REFERENCE);
  });

  test('defaults of variables are literals too', () => {
    expect(hashOf('query ($id: ID = "001099000001") { citizen(id: $id) { name } }')).toBe(
      hashOf('query ($id: ID = "079188000002") { citizen(id: $id) { name } }'),
    );
  });

  test.each([
    ['{ p001099000001: citizen { name } }', '{ p079188000002: citizen { name } }'],
    ['query Q001099000001 { citizen { name } }', 'query Q079188000002 { citizen { name } }'],
    [
      '{ ...F001099000001 } fragment F001099000001 on Query { citizen { name } }',
      '{ ...F079188000002 } fragment F079188000002 on Query { citizen { name } }',
    ],
    [
      'query ($p001099000001: ID!) { a(id: $p001099000001) }',
      'query ($p079188000002: ID!) { a(id: $p079188000002) }',
    ],
  ])('no name of the client’s own brings an identifier into it: %s', (one, other) => {
    expect(hashOf(one)).toBe(hashOf(other));
  });

  test('is that of the text beside it, in which other names are still others', () => {
    const { text, hash, replaced } = operationTextOf(
      parse(
        '{ p001099000001: citizen(id: "001099000001") { a: sex } p001099000002: citizen { NAME2: sex } }',
      ),
    );
    expect(text).toBe(
      '{\n  NAME: citizen(id: LITERAL) {\n    a: sex\n  }\n  NAME3: citizen {\n    NAME2: sex\n  }\n}',
    );
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
    expect(Object.fromEntries(replaced)).toEqual({ p001099000001: 'NAME', p001099000002: 'NAME3' });
    expect(operationTextOf(parse(text)).hash).toBe(hash);
  });

  test('is SHA-256 in hex', () => {
    expect(REFERENCE).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('variables', () => {
  const schema = buildSchema('type Query { a(id: ID!, n: Int, m: M): Int } input M { fullName: String! }');
  const coerce = (source: string, inputs: object): unknown => {
    const operation = getOperationAST(parse(source));
    if (!operation) throw new Error('no operation');
    return coerceVariables(schema, operation, { ...inputs });
  };

  test('have their defaults, and stay absent without', () => {
    expect(coerce('query ($id: ID!, $n: Int = 3, $m: M) { a(id: $id, n: $n, m: $m) }', { id: 7 })).toEqual({
      id: '7',
      n: 3,
    });
  });

  test.each([
    ['query ($id: ID!) { a(id: $id) }', {}],
    ['query ($id: ID!) { a(id: $id) }', { id: { secret: '001099000001' } }],
    ['query ($n: Int) { a(id: "1", n: $n) }', { n: '001099000001' }],
    ['query ($m: M) { a(id: "1", m: $m) }', { m: { fullName: 'Nguyễn Văn A', secret: 1 } }],
    ['query ($m: M) { a(id: "1", m: $m) }', { m: { '001099000001': 1 } }],
  ])('of a wrong type are named without their value: %s %o', (source, inputs) => {
    let message = '';
    try {
      coerce(source, inputs);
    } catch (error) {
      if (!(error instanceof UserInputError)) throw error;
      ({ message } = error);
    }
    expect(message).toMatch(
      /^\$(id|n|m) (?:does not have a value of its type|is required and was not provided)\.$/,
    );
  });
});
