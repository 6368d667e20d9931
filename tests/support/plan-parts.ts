import { AnswerSize } from '../../src/plan/run/answer-size.ts';
import {
  getOperationAST,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { buildMocks, type Mocks } from '../../mocks/build-mocks.ts';
import { buildCountry, type Country } from '../../mocks/country/country.ts';
import { DEMO_REGISTERS } from '../../mocks/registers/demo-registers.ts';
import type { Handler } from '../../mocks/servers/exchange.ts';
import { DisclosureRecorder } from '../../src/disclosure/disclosure-recorder.ts';
import { coerceVariables } from '../../src/operation/coerce-variables.ts';
import {
  normaliseOperation,
  type SelectedField,
  type Variables,
} from '../../src/operation/normalise-operation.ts';
import { compilePlan } from '../../src/plan/compile/compile-plan.ts';
import { composeSchema } from '../../src/plan/schema/compose-schema.ts';
import { executePlan, type Answer } from '../../src/plan/run/execute-plan.ts';
import type { Plan } from '../../src/plan/compile/plan.ts';
import { Evaluations, type EvaluationContext } from '../../src/plan/rows/evaluations.ts';
import { RowGate } from '../../src/plan/rows/row-gate.ts';
import type { RowRights } from '../../src/plan/rows/row-rights.ts';
import { readRootRequests } from '../../src/plan/roots/root-requests.ts';
import { bindSchema, type SchemaBindings } from '../../src/plan/schema/schema-bindings.ts';
import { readSchemaSources } from '../../src/plan/schema/subschemas.ts';
import type { DecidedField } from '../../src/policy/grant/decide-selection.ts';
import { credentialNameOf } from '../../src/registers.ts';
import { buildConnectors, type Connectors } from '../../src/sources/connectors.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';
import { readFieldFacts, type FieldFacts } from '../../src/sources/field-facts.ts';
import { buildInProcessTransport } from './registers/in-process-transport.ts';
import type { RecordReader } from '../../src/sources/records/record-reader.ts';
import { buildRecordSources, type RecordSources } from '../../src/sources/records/record-sources.ts';

/** Schema and bindings as gateway.ts makes them. */
export interface SchemaParts {
  readonly schema: GraphQLSchema;
  readonly facts: FieldFacts;
  readonly bindings: SchemaBindings;
}

export function buildSchemaParts(): SchemaParts {
  const schema = composeSchema();
  const { facts, faults } = readFieldFacts(readSchemaSources());
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return { schema, facts, bindings: bindSchema(schema, facts) };
}

export interface CountryParts {
  readonly country: Country;
  readonly mocks: Mocks;
  /** The real connectors over the mocks' handlers, without sockets. */
  readonly connectors: Connectors;
}

export function buildCountryParts(): CountryParts {
  const country = buildCountry();
  const mocks = buildMocks(country);
  const handlers = new Map<string, Handler>(
    Object.entries(mocks.registers).map(([name, { handle }]) => [name, handle]),
  );
  // The register's name stands for its URL.
  const connectors = buildConnectors(
    DEFAULT_REGISTERS,
    { registerUrls: Object.fromEntries(DEFAULT_REGISTERS.map(({ name }) => [name, name])) },
    Object.fromEntries(DEMO_REGISTERS.map(({ name, credentials }) => [credentialNameOf(name), credentials])),
    (name) => {
      const handle = handlers.get(name);
      if (!handle) throw new Error(`no mock ${name}`);
      return buildInProcessTransport((request) => handle(request));
    },
  );
  return { country, mocks, connectors };
}

export function buildSingleCallSources(connectors: Connectors): RecordSources {
  return buildRecordSources({
    connectors,
    cache: null,
    isShared: false,
    callTimeoutMs: 5_000,
    observer: { call() {}, strayRows() {}, unknownProtection() {} },
  });
}

export const OFFICER = 'officer.one';
export const DOSSIER = 'H26-261121-0001';

/** Cleared for everybody: what is tested with it is not the row rules. */
export const OPEN_RIGHTS: RowRights = {
  agreement: { territory: 'nation', clearance: new Set(['protected', 'deceased', 'minors']) },
  callerUnit: null,
  today: '2026-11-21',
  self: null,
  officerPersonalId: null,
  caseId: DOSSIER,
};

/** Admits every question. */
export const OPEN_QUESTIONS: EvaluationContext = {
  ledger: { admit: async (evaluations) => evaluations.map(() => true) },
  agreement: { id: 'test', evaluations: 20 },
  today: OPEN_RIGHTS.today,
};

export function createTestReader(sources: RecordSources, officer = OFFICER): RecordReader {
  return sources.createReader({
    agreement: 'test@1',
    client: 'inspectorate',
    purpose: 'inspection',
    officer,
    sharing: 'shared',
    maxAgeMs: null,
    staleAgeMs: null,
    deadlineAt: performance.now() + 60_000,
  });
}

/** The selection as an agreement that grants all would decide it. */
export function grantAll(fields: readonly SelectedField[]): readonly DecidedField[] {
  return fields.map((field) => ({
    field,
    cuts: null,
    children: field.children && grantAll(field.children),
    possible: null,
    isRestricted: false,
  }));
}

export function operationOf(document: DocumentNode, operationName?: string): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('no such operation');
  return operation;
}

/** Compiles a document with nothing denied. */
export function planOf(
  { schema, bindings }: SchemaParts,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Plan {
  const selection = normaliseOperation(schema, document, operation, variables);
  return compilePlan(schema, bindings, grantAll(selection));
}

export interface PlanRun extends Answer {
  readonly recorder: DisclosureRecorder;
}

/** Normalises, compiles and executes a document with nothing denied. */
export async function runPlan(
  parts: SchemaParts,
  reader: RecordReader,
  document: DocumentNode,
  inputs: Readonly<Record<string, unknown>>,
  operationName?: string,
): Promise<PlanRun> {
  const operation = operationOf(document, operationName);
  const variables = coerceVariables(parts.schema, operation, inputs);
  const plan = planOf(parts, document, operation, variables);
  const recorder = new DisclosureRecorder(plan.coordinateLists);
  const gate = new RowGate(reader, OPEN_RIGHTS);
  const answer = await executePlan(readRootRequests(plan, variables, DOSSIER), {
    reader,
    variables,
    recorder,
    gate,
    evaluations: new Evaluations(OPEN_QUESTIONS, variables),
    size: new AnswerSize(),
  });
  return { ...answer, recorder };
}
