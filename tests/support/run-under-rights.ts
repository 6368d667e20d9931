import { AnswerSize } from '../../src/plan/run/answer-size.ts';
import type { DocumentNode } from 'graphql';
import { DisclosureRecorder, type SubjectDisclosure } from '../../src/disclosure/disclosure-recorder.ts';
import { coerceVariables } from '../../src/operation/coerce-variables.ts';
import { executePlan, type Answer } from '../../src/plan/run/execute-plan.ts';
import type { PreparedOperations } from '../../src/plan/compile/prepared-operations.ts';
import { Evaluations } from '../../src/plan/rows/evaluations.ts';
import { denyRoots, rootsUnder } from '../../src/plan/roots/root-decisions.ts';
import { readRootRequests } from '../../src/plan/roots/root-requests.ts';
import { RowGate } from '../../src/plan/rows/row-gate.ts';
import type { Agreement } from '../../src/policy/agreement/agreement.ts';
import { createValueDecider } from '../../src/policy/grant/value-decider.ts';
import { noteDecisions, type OperationInputs } from '../../src/policy/grant/operation-inputs.ts';
import type { RecordSources } from '../../src/sources/records/record-sources.ts';
import type { Asker } from './oracles/row-rulings.ts';
import {
  createTestReader,
  DOSSIER,
  OFFICER,
  OPEN_QUESTIONS,
  operationOf,
  type SchemaParts,
} from './plan-parts.ts';

export interface RightsRun {
  readonly parts: SchemaParts;
  readonly operations: PreparedOperations;
  readonly sources: RecordSources;
  readonly agreement: Agreement;
  readonly asker: Asker;
  readonly today: string;
  readonly dossierDate: string | null;
}

export interface RightsAnswer extends Answer {
  readonly entries: readonly SubjectDisclosure[];
  readonly hasDenials: boolean;
  readonly denied: readonly string[];
  readonly operationText: string;
  readonly operationInputs: OperationInputs;
}

/** One operation on the pipeline's own steps, from the decision to the record; the case is not looked at. */
export async function runUnderRights(
  { parts, operations, sources, agreement, asker, today, dossierDate }: RightsRun,
  document: DocumentNode,
  inputs: Readonly<Record<string, unknown>>,
  operationName: string,
): Promise<RightsAnswer> {
  const operation = operationOf(document, operationName);
  const variables = coerceVariables(parts.schema, operation, inputs);
  const key = { document, operation, variables, agreement };
  const { unit: callerUnit, officer: officerPersonalId, self } = asker;
  let plan = operations.prepare(key);
  let roots = denyRoots(readRootRequests(plan, variables, DOSSIER), agreement, {
    subject: self ?? OFFICER,
    officerPersonalId,
  });
  let operationInputs = operations.inputsOf(key);
  if (plan.isRestricted) {
    const decider = createValueDecider(variables, { today, dossierDate, ownUnit: callerUnit });
    const { values, noted } = noteDecisions(decider);
    plan = operations.compile(key, values);
    operationInputs = operations.inputsOf(key, noted());
    roots = rootsUnder(plan, roots);
  }
  const reader = createTestReader(sources);
  const gate = new RowGate(reader, {
    agreement,
    callerUnit,
    today,
    self,
    officerPersonalId,
    caseId: DOSSIER,
  });
  const recorder = new DisclosureRecorder(plan.coordinateLists, DOSSIER, (id) => gate.inputsOf(id));
  const evaluations = new Evaluations({ ...OPEN_QUESTIONS, agreement, today }, variables);
  const answer = await executePlan(roots, {
    reader,
    variables,
    recorder,
    gate,
    evaluations,
    size: new AnswerSize(),
  });
  const { hasDenials, denied } = plan;
  const { text: operationText } = operations.textOf(document);
  return { ...answer, entries: recorder.subjects(), hasDenials, denied, operationText, operationInputs };
}
