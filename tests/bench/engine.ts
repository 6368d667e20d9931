import { AnswerSize } from '../../src/plan/run/answer-size.ts';
import { parse, type DocumentNode } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { DisclosureRecorder } from '../../src/disclosure/disclosure-recorder.ts';
import { coerceVariables } from '../../src/operation/coerce-variables.ts';
import { executePlan } from '../../src/plan/run/execute-plan.ts';
import { PreparedOperations } from '../../src/plan/compile/prepared-operations.ts';
import { readRootRequests } from '../../src/plan/roots/root-requests.ts';
import { Evaluations } from '../../src/plan/rows/evaluations.ts';
import { RowGate } from '../../src/plan/rows/row-gate.ts';
import { demoAgreementOf } from '../support/demo-agreements.ts';
import { memoConnectors } from '../support/registers/memo-connectors.ts';
import { buildPlainSchema, buildStitchedSchema, runPlain, runStitched } from '../support/oracles/engines.ts';
import { createOracleContext } from '../support/oracles/record-loaders.ts';
import { CITIZEN, CITIZENS } from '../support/selections.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  DOSSIER,
  OPEN_QUESTIONS,
  OPEN_RIGHTS,
  operationOf,
} from '../support/plan-parts.ts';

type Variables = Readonly<Record<string, unknown>>;
/** Answers one operation as far as its data; nothing is parsed, sent or serialised. */
type Engine = (document: DocumentNode, variables: Variables) => Promise<{ readonly data?: unknown }>;

const ROUNDS = 15;
const MILLISECONDS_A_ROUND = 150;
const PERSONS = 20;

/** Engines over the same connectors, which answer mapped records from memory. */
function buildEngines(): { engines: ReadonlyMap<string, Engine>; persons: readonly string[] } {
  const parts = buildSchemaParts();
  const { country, connectors } = buildCountryParts();
  const memo = memoConnectors(connectors);
  const sources = buildSingleCallSources(memo);
  const agreement = demoAgreementOf(parts, 'inspectorate');
  const prepared = new PreparedOperations(parts.schema, parts.bindings, parts.facts);
  const plain = buildPlainSchema(parts.schema);
  // As it comes: without asking the population register whether a linked citizen exists.
  const stitched = buildStitchedSchema(false);
  const compiled = new Map<DocumentNode, (variables: Variables) => Promise<{ data?: unknown }>>();

  const jit: Engine = async (document, variables) => {
    let run = compiled.get(document);
    if (!run) {
      const query = compileQuery(plain, document, undefined, { useExperimentalPathBasedSkipInclude: true });
      if (!isCompiledQuery(query)) throw new Error('graphql-jit does not compile the operation');
      run = async (values) => query.query(undefined, createOracleContext(memo), { ...values });
      compiled.set(document, run);
    }
    return run(variables);
  };
  const ours: Engine = async (document, inputs) => {
    const operation = operationOf(document);
    const variables = coerceVariables(parts.schema, operation, inputs);
    const plan = prepared.prepare({ document, operation, variables, agreement });
    const recorder = new DisclosureRecorder(plan.coordinateLists);
    const reader = createTestReader(sources);
    const gate = new RowGate(reader, { ...OPEN_RIGHTS, agreement });
    const answer = await executePlan(readRootRequests(plan, variables, DOSSIER), {
      reader,
      variables,
      recorder,
      gate,
      evaluations: new Evaluations(OPEN_QUESTIONS, variables),
      size: new AnswerSize(),
    });
    recorder.subjects();
    return answer;
  };
  const persons: string[] = [];
  for (const { personalId } of country.people({ with: ['land', 'business', 'marriage'] })) {
    persons.push(personalId);
    if (persons.length === PERSONS * 5) break;
  }
  return {
    persons,
    engines: new Map<string, Engine>([
      ['plan, with rights and disclosure', ours],
      [
        'stitched delegation',
        (document, variables) => runStitched(stitched, createOracleContext(memo), { document, variables }),
      ],
      [
        'loaders, graphql-js',
        (document, variables) => runPlain(plain, createOracleContext(memo), { document, variables }),
      ],
      ['loaders, graphql-jit', jit],
    ]),
  };
}

interface Measured {
  readonly name: string;
  readonly microseconds: number;
}

/** CPU an operation: median over rounds in which the engines take turns. */
async function measure(
  engines: ReadonlyMap<string, Engine>,
  document: DocumentNode,
  inputs: readonly Variables[],
): Promise<readonly Measured[]> {
  const counts = new Map<string, number>();
  const samples = new Map<string, number[]>();
  const run = async (engine: Engine, count: number): Promise<number> => {
    const before = process.cpuUsage();
    for (let index = 0; index < count; index++) await engine(document, inputs[index % inputs.length] ?? {});
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  };
  const answers = new Set<string>();
  for (const [name, engine] of engines) {
    const { data } = await engine(document, inputs[0] ?? {});
    answers.add(JSON.stringify(data));
    await run(engine, 300);
    counts.set(name, Math.max(10, Math.round((MILLISECONDS_A_ROUND * 1_000) / (await run(engine, 100)))));
  }
  if (answers.size !== 1) throw new Error('the engines do not answer the same');
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, engine] of engines) {
      const sample = await run(engine, counts.get(name) ?? 10);
      samples.set(name, [...(samples.get(name) ?? []), sample]);
    }
  }
  return [...samples].map(([name, values]) => ({ name, microseconds: median(values) }));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** CPU of the engine alone, for one citizen and for twenty, beside its peers. Prints a table; asserts nothing. */
export async function benchEngine(print: (line: string) => void): Promise<void> {
  const { engines, persons } = buildEngines();
  const one = await measure(
    engines,
    parse(CITIZEN),
    persons.map((personalId) => ({ personalId })),
  );
  const batches = Array.from({ length: persons.length / PERSONS }, (_, index) => ({
    personalIds: persons.slice(index * PERSONS, (index + 1) * PERSONS),
  }));
  const twenty = await measure(engines, parse(CITIZENS), batches);
  print('engine: CPU an operation, records from memory (the contract’s citizen)');
  print(
    `${'engine'.padEnd(34)} ${'1 person'.padStart(12)} ${'/ plan'.padStart(8)} ${'20 persons'.padStart(12)} ${'/ plan'.padStart(8)}`,
  );
  for (const [index, { name, microseconds }] of one.entries()) {
    const many = twenty[index]?.microseconds ?? 0;
    const cells = [
      `${microseconds.toFixed(0)} us`.padStart(12),
      `${(microseconds / (one[0]?.microseconds ?? 1)).toFixed(1)}x`.padStart(8),
      `${many.toFixed(0)} us`.padStart(12),
      `${(many / (twenty[0]?.microseconds ?? 1)).toFixed(1)}x`.padStart(8),
    ];
    print(`${name.padEnd(34)} ${cells.join(' ')}`);
  }
}
