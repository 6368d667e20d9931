import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { DocumentCheck } from '../../src/operation/document-check.ts';
import { isWithinSizeLimits, isWithinTokenLimit, OPERATION_LIMITS } from '../../src/operation/limits.ts';

const nested = (levels: number): string => `${'{ a '.repeat(levels)}${'}'.repeat(levels)}`;

/** Each fragment spreads the next one twice: 2 to the power of `count` fields from a few hundred bytes. */
const fanOut = (count: number): string =>
  `{ ...F0 } ${Array.from({ length: count }, (_, index) => `fragment F${index} on Query { a { ...F${index + 1} ...F${index + 1} } }`).join(' ')} fragment F${count} on Query { a }`;

const CASES: readonly (readonly [name: string, source: string, isWithin: boolean])[] = [
  ['the deepest', nested(OPERATION_LIMITS.depth.value), true],
  ['one level more', nested(OPERATION_LIMITS.depth.value + 1), false],
  [
    'depth through fragments',
    `{ ...F } fragment F on Query ${nested(OPERATION_LIMITS.depth.value + 1)}`,
    false,
  ],
  ['depth in an inline fragment', `{ ... on Query ${nested(OPERATION_LIMITS.depth.value)} }`, true],
  ['the widest', `{ a { ${'b '.repeat(OPERATION_LIMITS.expandedFields.value - 1)} } }`, true],
  ['one field more', `{ a { ${'b '.repeat(OPERATION_LIMITS.expandedFields.value)} } }`, false],
  [
    'as many roots as allowed',
    `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: a`).join(' ')} }`,
    true,
  ],
  ['one root more', `{ ${Array.from({ length: 101 }, (_, index) => `a${index}: a`).join(' ')} }`, false],
  [
    'roots through fragments',
    `{ ...F ...G } fragment F on Query { ${'a '.repeat(60)} } fragment G on Query { ${'b '.repeat(60)} }`,
    false,
  ],
  ['fragments that fan out', fanOut(15), false],
  ['few of them', fanOut(8), true],
  ['a cycle, which validation refuses', '{ ...F } fragment F on Query { a { ...F } }', true],
  ['the second operation too large', `query A { a } query B ${nested(30)}`, false],
  ['what introspection tools send', getIntrospectionQuery(), true],
];

test.each(CASES)('%s', (_name, source, isWithin) => {
  expect(isWithinSizeLimits(parse(source))).toBe(isWithin);
});

test('the fan-out is small and passes the parser, and measuring it takes no longer than its text', () => {
  const source = fanOut(15);
  expect(source.length).toBeLessThan(950);
  // 2 to the power of 35 fields, which no count field by field would finish.
  expect(isWithinSizeLimits(parse(fanOut(35)))).toBe(false);
});

test.each([
  ['as many tokens as allowed', `{ ${'a '.repeat(OPERATION_LIMITS.tokens.value - 2)} }`, true],
  ['one token more', `{ ${'a '.repeat(OPERATION_LIMITS.tokens.value - 1)} }`, false],
  ['no GraphQL at all, which is the parser’s to say', '{ a ^ }', true],
  ['an endless string', `{ a(b: "${'x'.repeat(50_000)}") }`, true],
])('%s', (_name, source, isWithin) => {
  expect(isWithinTokenLimit(source)).toBe(isWithin);
});

describe('a document as it comes', () => {
  test.each([
    ['2,400 levels, which overflow the parser', nested(2_400), false],
    ['1,900 tokens of nested lists', `{ a(b: ${'['.repeat(950)}${']'.repeat(950)}) }`, true],
    ['fragments that fan out', fanOut(15), false],
    ['a wrong document, for its own error', '{ a', true],
    ['an ordinary one', '{ a { b } }', true],
  ])('%s', (_name, source, isWithin) => {
    const check = new DocumentCheck();
    expect(check.isWithinLimits(source)).toBe(isWithin);
    expect(check.isWithinLimits(source)).toBe(isWithin);
  });
});
