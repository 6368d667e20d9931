import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { memoConnectors } from '../../support/registers/memo-connectors.ts';
import {
  buildPlainSchema,
  buildStitchedSchema,
  comparable,
  errorsAnywhere,
  errorsByField,
  runPlain,
  runStitched,
  runStitchedWithoutConditions,
} from '../../support/oracles/engines.ts';
import { createOracleContext } from '../../support/oracles/record-loaders.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  runPlan,
} from '../../support/plan-parts.ts';

const parts = buildSchemaParts();
const { country, connectors } = buildCountryParts();
const memo = memoConnectors(connectors);
const plain = buildPlainSchema(parts.schema);
const stitched = buildStitchedSchema();

const [person] = country.people({ with: ['land', 'business', 'marriage'] });
const [hub] = country.hubs(101);
const id = person?.personalId ?? '';
const hubId = hub?.personalId ?? '';

/**
 * Where the stitched engine is wrong, and what the random operations therefore leave out or change for it. A case
 * that fails here was mended upstream: the exception can go.
 */
const WRONG_BY_DELEGATION: readonly {
  readonly name: string;
  readonly source: string;
  readonly isMendedByDeciding?: true;
}[] = [
  {
    name: 'a key hidden by an alias joins by the wrong value',
    source: `{ citizen(personalId: "${id}") { personalId: birthDate marriages { spouse { sex } } } }`,
  },
  {
    name: 'an alias `then` makes a promise of an object',
    source: `{ citizen(personalId: "${id}") { then: birthDate } }`,
  },
  {
    name: 'an alias `constructor` is lost between registers',
    source: `{ citizen(personalId: "${id}") { sex constructor: birth { entryNo } } }`,
  },
  {
    name: 'an alias `__proto__` is lost',
    source: `{ citizen(personalId: "${id}") { sex __proto__: birth { entryNo } } }`,
  },
  {
    name: 'a field repeated under a condition is taken by the first spelling',
    source: `query ($no: Boolean = false) { citizen(personalId: "${id}") { household { members { relationToHead @include(if: $no) relationToHead } } } }`,
    isMendedByDeciding: true,
  },
  {
    name: 'a type name alone in an inline fragment is dropped',
    source: `{ citizen(personalId: "${id}") { sex birth { ... { __typename } } } }`,
    isMendedByDeciding: true,
  },
];

test.each(WRONG_BY_DELEGATION)('$name', async ({ source, isMendedByDeciding }) => {
  const request = { document: parse(source), variables: {} };
  const right = comparable(await runPlain(plain, createOracleContext(memo), request));
  expect(right.errors).toEqual([]);
  expect(comparable(await runStitched(stitched, createOracleContext(memo), request))).not.toEqual(right);
  const decided = await runStitchedWithoutConditions(stitched, createOracleContext(memo), request);
  expect(JSON.stringify(comparable(decided)) === JSON.stringify(right)).toBe(isMendedByDeciding ?? false);
  const reader = createTestReader(buildSingleCallSources(memo));
  expect(comparable(await runPlan(parts, reader, request.document, {}))).toEqual(right);
});

test('delegation asks an entity once and may put its error under another item of the batch', async () => {
  const source = `{ citizens(personalIds: ["${id}", "${id}", "${hubId}"]) { citizen { sex businesses { status } } } }`;
  const request = { document: parse(source), variables: {} };
  const right = comparable(await runPlain(plain, createOracleContext(memo), request));
  expect(right.errors).toEqual(['citizens.2.citizen.businesses LIST_TOO_LONG']);
  const theirs = comparable(await runStitched(stitched, createOracleContext(memo), request));
  expect(theirs.data).toEqual(right.data);
  expect(theirs.errors).not.toEqual(right.errors);
  expect(errorsAnywhere(theirs.errors)).toEqual(errorsAnywhere(right.errors));
});

test('delegation puts the errors of a subtree that is asked under two names at the first of them', async () => {
  const part = '{ ownsParcel(id: "") permanentResidence { full } }';
  const source = `{ citizens(personalIds: ["${id}"]) { citizen ${part} a: citizen ${part} } }`;
  const request = { document: parse(source), variables: {} };
  const right = comparable(await runPlain(plain, createOracleContext(memo), request));
  expect(right.errors).toEqual([
    'citizens.0.a.ownsParcel BAD_IDENTIFIER',
    'citizens.0.citizen.ownsParcel BAD_IDENTIFIER',
  ]);
  const theirs = comparable(await runStitched(stitched, createOracleContext(memo), request));
  expect(theirs.data).toEqual(right.data);
  expect(errorsAnywhere(theirs.errors)).toEqual(['citizens.*.citizen.ownsParcel BAD_IDENTIFIER']);
  expect(errorsByField(theirs.errors)).toEqual(errorsByField(right.errors));
});
