import type { Connectors } from '../../../src/sources/connectors.ts';
import { array, assert, asyncProperty, nat } from 'fast-check';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { BROKEN } from '../../../src/sources/records/record.ts';
import type { FetchedRow } from '../../../src/sources/calls/connector.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  OFFICER,
  runPlan,
} from '../../support/plan-parts.ts';
import { memoConnectors } from '../../support/registers/memo-connectors.ts';
import {
  buildPlainSchema,
  buildStitchedSchema,
  comparable,
  errorsAnywhere,
  errorsByField,
  runPlain,
  runStitchedWithoutConditions,
} from '../../support/oracles/engines.ts';
import type { DisclosureRecorder } from '../../../src/disclosure/disclosure-recorder.ts';
import { witnessed } from '../../support/oracles/witness.ts';
import { createOracleContext } from '../../support/oracles/record-loaders.ts';
import { randomOperation, type RandomOperation } from '../../support/random/random-operation.ts';
import { collectWords } from '../../support/random/random-words.ts';
import { Tape } from '../../support/random/tape.ts';

/** `RANDOM_OPERATIONS=20000 RANDOM_SEED=7` */
const RUNS = Number(process.env['RANDOM_OPERATIONS'] ?? 250);

const parts = buildSchemaParts();
const { country, connectors } = buildCountryParts();
const words = collectWords(country);
const plain = witnessed(buildPlainSchema(parts.schema));
const stitched = buildStitchedSchema();

const operations = array(nat({ max: 9_999 }), { minLength: 400, maxLength: 400 }).map((numbers) =>
  randomOperation(parts.schema, words, new Tape(numbers)),
);

/** What goes to the access log, `person 001099000001 Citizen.sex`, `person 001099000001 Citizen.death none`. */
function coordinatesOf(recorder: DisclosureRecorder): readonly string[] {
  const all = recorder
    .subjects()
    .flatMap(({ subject, disclosed }) =>
      disclosed.flatMap(({ coordinates, status }) =>
        coordinates.map(
          (coordinate) => `${subject.kind} ${subject.key} ${coordinate}${status === 'none' ? ' none' : ''}`,
        ),
      ),
    );
  // That a root's subject exists is no field of a record, and the witnessed resolvers do not tell it.
  return [...new Set(all)].filter((one) => !/ (?:Query|\w+Item)\.\w+$/.test(one)).toSorted();
}

/** The plan's answer, after it was found to be what graphql-js answers, with its disclosure on record. */
async function agreeWithPlain(over: Connectors, { source, variables, operationName }: RandomOperation) {
  const document = parse(source);
  expect(validate(parts.schema, document)).toEqual([]);
  const reader = createTestReader(buildSingleCallSources(over));
  const run = await runPlan(parts, reader, document, variables, operationName);
  const ours = comparable(run);
  const context = { ...createOracleContext(over), witnessed: new Set<string>() };
  expect(ours).toEqual(comparable(await runPlain(plain, context, { document, variables, operationName })));
  const disclosed = coordinatesOf(run.recorder);
  expect(disclosed).toEqual([...context.witnessed].toSorted());
  return { document, ours, disclosed };
}

test(`${RUNS} random operations: plan, graphql-js and stitched engine agree in data and errors, and the log in coordinates`, async () => {
  const memo = memoConnectors(connectors);
  const seen = { errors: 0, data: 0, disclosed: 0, byStitched: 0 };
  const check = async (asked: RandomOperation): Promise<void> => {
    const { document, ours, disclosed } = await agreeWithPlain(memo, asked);
    if (ours.errors.length > 0) seen.errors += 1;
    if (ours.data.length > 200) seen.data += 1;
    if (disclosed.length > 5) seen.disclosed += 1;
    if (asked.misleadsDelegation) return;
    seen.byStitched += 1;
    const request = { ...asked, document };
    const theirs = comparable(
      await runStitchedWithoutConditions(stitched, createOracleContext(memo), request),
    );
    expect(theirs.data).toBe(ours.data);
    expect(errorsAnywhere(ours.errors)).toEqual(expect.arrayContaining([...errorsAnywhere(theirs.errors)]));
    expect(errorsByField(theirs.errors)).toEqual(errorsByField(ours.errors));
  };
  await assert(asyncProperty(operations, check), { numRuns: RUNS });
  // Operations that all come to nothing would agree as well.
  expect(seen.errors).toBeGreaterThan(RUNS / 40);
  expect(seen.data).toBeGreaterThan(RUNS / 5);
  expect(seen.disclosed).toBeGreaterThan(RUNS / 5);
  expect(seen.byStitched).toBeGreaterThan(RUNS / 2);
}, 3_600_000);

/** Breaks, hides or refuses records by their key, the same at each run. */
function damaged(row: FetchedRow): FetchedRow {
  const { kind, key, outcome } = row;
  let hash = 7;
  for (const character of `${kind} ${key}`) hash = (hash * 31 + character.charCodeAt(0)) % 65_521;
  if (outcome.state !== 'found') return row;
  if (hash % 11 === 0) return { ...row, outcome: { state: 'absent' } };
  if (hash % 11 === 1) return { ...row, outcome: { state: 'broken' } };
  if (hash % 11 === 2) return { ...row, refused: [OFFICER] };
  if (hash % 11 > 5) return row;
  const damage = (value: unknown, depth: number): unknown => {
    hash = (hash * 31 + 17) % 65_521;
    if (hash % 5 === 0) return BROKEN;
    if (Array.isArray(value)) return value.map((item) => damage(item, depth + 1));
    // A unit is a code with its time: its mapping breaks the whole or nothing.
    if (typeof value !== 'object' || value === null || 'generation' in value) return value;
    return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, damage(own, depth + 1)]));
  };
  const value = Object.fromEntries(
    Object.entries(outcome.value).map(([name, own]) => [name, damage(own, 0)]),
  );
  return { ...row, outcome: { ...outcome, value, isIntact: false } };
}

test(`${RUNS / 2} random operations over broken, absent and refused records: plan and graphql-js agree, and the log`, async () => {
  const memo = memoConnectors(connectors, damaged);
  const codes = new Set<string>();
  const check = async (asked: RandomOperation): Promise<void> => {
    const { ours } = await agreeWithPlain(memo, asked);
    for (const error of ours.errors) codes.add(error.split(' ').at(-1) ?? '');
  };
  await assert(asyncProperty(operations, check), { numRuns: RUNS / 2 });
  expect([...codes]).toEqual(
    expect.arrayContaining(['SOURCE_CONTRACT_BROKEN', 'ROW_DENIED', 'BAD_IDENTIFIER']),
  );
}, 3_600_000);
