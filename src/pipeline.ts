import { hash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { answerRecord } from './access-log/entry/record-of-answer.ts';
import type { AccessLogWriter } from './access-log/entry/access-log-writer.ts';
import type { LogCaller, LogQuestions } from './access-log/questions/log-question.ts';
import type { AgreementStore } from './agreements/agreement-store.ts';
import type { RecordQuota } from './agreements/counts/record-quota.ts';
import { DisclosureRecorder } from './disclosure/disclosure-recorder.ts';
import { GatewayError } from './errors.ts';
import type { Identity } from './identity/principal.ts';
import { coerceVariables } from './operation/coerce-variables.ts';
import type { DocumentCheck } from './operation/document-check.ts';
import { isTellableName } from './operation/tellable-name.ts';
import { createExchange, type Exchange, type RequestHead } from './request/exchange.ts';
import { executePlan, type Answer } from './plan/run/execute-plan.ts';
import { holdBack } from './request/hold-back.ts';
import { introspect } from './plan/run/introspect.ts';
import type { PlanKey, PreparedOperations } from './plan/compile/prepared-operations.ts';
import { answerLogRoots } from './plan/run/answer-log-roots.ts';
import { readRootRequests } from './plan/roots/root-requests.ts';
import { confirmCases } from './plan/roots/confirm-cases.ts';
import type { AnswerError, Plan } from './plan/compile/plan.ts';
import { Questions } from './plan/rows/evaluations.ts';
import { countOpenKeys, denyRoots, refusedSubjects, rootsUnder } from './plan/roots/root-decisions.ts';
import { RowGate } from './plan/rows/row-gate.ts';
import { rowRightsOf, type RowRights } from './plan/rows/row-rights.ts';
import type { SchemaBindings } from './plan/schema/schema-bindings.ts';
import type { Agreement } from './policy/agreement/agreement.ts';
import { createValueDecider, type ValueContext } from './policy/grant/value-decider.ts';
import type { EvaluationLedger } from './policy/agreement/evaluation-ledger.ts';
import { noteDecisions } from './policy/grant/operation-inputs.ts';
import { isCaseId } from './policy/case/case.ts';
import { legalBasisOf } from './policy/agreement/reasons.ts';
import { selectAgreement } from './policy/agreement/select-agreement.ts';
import type { CaseService } from './sources/dossier/dossier-service.ts';
import type { RecordReader } from './sources/records/record-reader.ts';
import type { RecordSources } from './sources/records/record-sources.ts';
import type { Metrics, Step } from './telemetry/metrics.ts';

export interface PipelineParts {
  readonly schema: GraphQLSchema;
  readonly bindings: SchemaBindings;
  readonly identity: Identity;
  readonly documents: DocumentCheck;
  readonly agreements: Pick<AgreementStore, 'current' | 'assertConfirmed' | 'isSuspended'>;
  readonly quota: Pick<RecordQuota, 'charge' | 'count'>;
  readonly operations: PreparedOperations;
  readonly cases: CaseService;
  readonly evaluations: EvaluationLedger;
  readonly sources: RecordSources;
  readonly accessLog: AccessLogWriter;
  readonly logQuestions: LogQuestions;
  readonly metrics: Metrics;
  readonly instance: string;
  readonly requestTimeoutMs: number;
}

/** A whole answer: its bytes are known, and not one has left. */
export interface Released {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error with the law behind it, where the caller may know it. */
export type ExplainedError = AnswerError & { readonly legalBasis: string | null };

export interface ExplainedAnswer {
  readonly data: Answer['data'];
  readonly errors: readonly ExplainedError[];
}

export interface ReceivedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** identity: who asks. Fails with a 401 or 503 code; such requests are counted, not logged. */
export async function openExchange(parts: PipelineParts, head: RequestHead): Promise<Exchange> {
  const startedAt = performance.now();
  const principal = await timed(parts, 'identity', () => parts.identity.identify(head.authorization));
  return createExchange(head, principal, startedAt);
}

/** policy, before anything is read of the request: whoever is suspended gets nothing, and is on record. */
export function refuseSuspended({ agreements }: PipelineParts, { principal }: Exchange): void {
  const { client, officer, tokenId, keyId } = principal;
  if (agreements.isSuspended({ client, officer, tokenId, keyId })) {
    throw new GatewayError('TOKEN_REVOKED');
  }
}

/** operation, before parsing: limits. */
export function checkDocument(parts: PipelineParts, query: unknown): void {
  if (typeof query === 'string' && !parts.documents.isWithinLimits(query)) {
    throw new GatewayError('OPERATION_TOO_LARGE');
  }
}

/** operation -> policy -> plan -> sources -> disclosure. Refusals throw; the release gate puts them on record too. */
export async function answerOperation(
  parts: PipelineParts,
  exchange: Exchange,
  received: ReceivedOperation,
): Promise<ExplainedAnswer> {
  const decided = decideOperation(parts, exchange, received);
  const access = openAccess(parts, exchange, decided.key.agreement);
  const plan = await openRows(parts, exchange, decided, access);
  const answer = await readAnswer(parts, exchange, { ...decided, plan }, access);
  if (plan.roots.every((root) => root.shape !== 'introspection') || answer.data === null) return answer;
  const { document, operation, variables } = decided.key;
  const introspected = await introspect(parts.schema, plan, document, operation.name?.value, variables);
  return { ...answer, data: Object.assign(answer.data, introspected) };
}

/**
 * access log, over the final status and bytes: no durable entry, no data. Returns the body that leaves, with the receipt in it
 * where one was asked for.
 */
export async function release(parts: PipelineParts, exchange: Exchange, answer: Released): Promise<string> {
  const { roots, recorder, reader } = exchange;
  const record = answerRecord(parts.instance, exchange, {
    status: answer.status,
    digest: hash('sha256', answer.body, 'base64url'),
    upstream: reader?.calls() ?? [],
    subjects: answer.status === 200 ? recorder.subjects() : refusedSubjects(roots),
  });
  const receipt = await timed(parts, 'access-log', () => parts.accessLog.append(record));
  if (exchange.hasAbsence) await holdBack(exchange.startedAt);
  return receipt === null ? answer.body : withReceipt(answer.body, receipt);
}

/** FORMAT.md, Receipt: whoever cuts it out again has the bytes that were committed to. */
function withReceipt(body: string, receipt: string): string {
  const last = body.lastIndexOf('}');
  return `${body.slice(0, last)},"extensions":{"receipt":${receipt}}}${body.slice(last + 1)}`;
}

interface DecidedOperation {
  readonly key: PlanKey;
  readonly plan: Plan;
}

/** What one request reads with, and under whose rights. */
interface Access {
  readonly reader: RecordReader;
  readonly rights: RowRights;
  readonly gate: RowGate;
}

/** The operation's decision: what of it the agreement grants, and which identifiers may be asked at all. */
function decideOperation(
  parts: PipelineParts,
  exchange: Exchange,
  { document, operation, variables: inputs }: ReceivedOperation,
): DecidedOperation {
  const name = operation.name?.value;
  exchange.operationName = name !== undefined && isTellableName(name) ? name : null;
  const operationText = parts.operations.textOf(document);
  exchange.operationText = operationText.text;
  exchange.operationHash = operationText.hash;
  const variables = coerceVariables(parts.schema, operation, inputs);
  const agreement = chooseAgreement(parts, exchange, document, operation);
  const key = { document, operation, variables, agreement };
  const plan = parts.operations.prepare(key);
  const asked = readRootRequests(plan, variables, caseIdUnder(agreement, exchange.head));
  exchange.denied = plan.denied;
  exchange.operationInputs = parts.operations.inputsOf(key);
  exchange.roots = denyRoots(asked, agreement, exchange.principal);
  refuseStrictly(agreement, plan);
  return { key, plan };
}

function chooseAgreement(
  parts: PipelineParts,
  exchange: Exchange,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Agreement {
  if (!parts.operations.asksData(document, operation)) return parts.operations.nothingGranted;
  const { principal, head } = exchange;
  const caller = { clientId: principal.client.id, kind: principal.client.kind };
  parts.agreements.assertConfirmed();
  const agreement = selectAgreement(parts.agreements.current(), caller, head.purpose, exchange.receivedAt);
  exchange.agreement = agreement;
  if (agreement.needsCase) {
    if (head.caseId === undefined) throw new GatewayError('CASE_REQUIRED');
    if (!isCaseId(head.caseId)) {
      exchange.reason = 'malformed';
      throw new GatewayError('CASE_NOT_VALID');
    }
  }
  return agreement;
}

/** Only what was checked as a dossier number stands in registers' logs and in ours. */
function caseIdUnder({ needsCase }: Agreement, { caseId }: RequestHead): string {
  return needsCase ? (caseId ?? '') : '';
}

function refuseStrictly(agreement: Agreement, plan: Plan): void {
  if (plan.asksData && agreement.isStrict && plan.hasDenials) throw new GatewayError('STRICT_DENIED');
}

/** A date of several dossiers is none: an argument stands once for all of them. */
function valueContextOf({ receivedOn }: Exchange, { today, callerUnit }: RowRights): ValueContext {
  const [date = null, ...others] = new Set(receivedOn.values());
  return { today, dossierDate: others.length > 0 ? null : date, ownUnit: callerUnit };
}

function openAccess(parts: PipelineParts, exchange: Exchange, agreement: Agreement): Access {
  const { principal, head, receivedAt } = exchange;
  const reader = parts.sources.createReader({
    agreement: `${agreement.id}@${agreement.version}`,
    client: principal.client.id,
    purpose: agreement.purpose,
    officer: principal.officer,
    maxAgeMs: agreement.recordAgeSeconds === null ? null : agreement.recordAgeSeconds * 1_000,
    // From here on: however slowly the body came, the registers have their whole time.
    deadlineAt: performance.now() + parts.requestTimeoutMs,
  });
  exchange.reader = reader;
  const rights = rowRightsOf(principal, agreement, caseIdUnder(agreement, head), receivedAt);
  return { reader, rights, gate: new RowGate(reader, rights) };
}

/** Before any row is read: the case, then what arguments may be, which may depend on the case, and the volume. */
async function openRows(
  parts: PipelineParts,
  exchange: Exchange,
  { key, plan }: DecidedOperation,
  access: Access,
): Promise<Plan> {
  const { agreement, variables } = key;
  if (plan.asksData) await timed(parts, 'case', () => openCases(parts, exchange, agreement, access));
  let open = plan;
  if (plan.isRestricted) {
    const decider = createValueDecider(variables, valueContextOf(exchange, access.rights));
    const { values, noted } = noteDecisions(decider);
    open = parts.operations.compile(key, values);
    exchange.denied = open.denied;
    exchange.operationInputs = parts.operations.inputsOf(key, noted());
    refuseStrictly(agreement, open);
    exchange.roots = rootsUnder(open, exchange.roots);
  }
  parts.quota.charge(agreement, countOpenKeys(exchange.roots));
  return open;
}

async function readAnswer(
  parts: PipelineParts,
  exchange: Exchange,
  { key, plan }: DecidedOperation,
  { reader, rights, gate }: Access,
): Promise<ExplainedAnswer> {
  const { agreement, variables } = key;
  const recorder = new DisclosureRecorder(plan.coordinateLists, rights.caseId, (id) => gate.inputsOf(id));
  exchange.recorder = recorder;
  const questions = new Questions({ ledger: parts.evaluations, agreement, today: rights.today }, variables);
  const isNull = plan.roots.some((root) => root.shape === 'denied' && !root.isNullable);
  const logAnswers = await answerLogRoots(isNull ? { roots: [] } : plan, {
    questions: parts.logQuestions,
    caller: logCallerOf(exchange),
    variables,
    recorder,
  });
  exchange.release = logAnswers.release;
  const { data, errors, hasAbsence, joined } = await timed(parts, 'plan', () =>
    executePlan(exchange.roots, { reader, variables, recorder, gate, questions }),
  );
  parts.quota.count(agreement, joined);
  // Accesses that are withheld take their time too.
  const isWithheld = plan.roots.some((root) => root.shape === 'log' && root.fieldName === 'myAccesses');
  exchange.hasAbsence = isWithheld || (hasAbsence && !gate.isOpen);
  if (data) for (const [name, value] of logAnswers.values) data[name] = value;
  const all = logAnswers.errors.length === 0 ? errors : [...logAnswers.errors, ...errors];
  return { data, errors: all.map((error) => withLegalBasis(error, agreement)) };
}

function logCallerOf({ principal, head, receivedAt }: Exchange): LogCaller {
  const { client, officer, subject } = principal;
  return {
    kind: client.kind,
    clientId: client.id,
    officer,
    subject,
    register: client.register,
    caseId: head.caseId,
    now: receivedAt,
  };
}

async function openCases(
  parts: PipelineParts,
  exchange: Exchange,
  agreement: Agreement,
  { reader, gate }: Access,
): Promise<void> {
  const { principal, head } = exchange;
  if (!agreement.needsCase || head.caseId === undefined) return;
  const { roots, receivedOn, fault, itemFaults } = await confirmCases(exchange.roots, {
    service: parts.cases,
    bindings: parts.bindings,
    agreement,
    clientId: principal.client.id,
    officer: principal.officer,
    unit: principal.unit,
    caseId: head.caseId,
    reader,
    gate,
  });
  if (fault) {
    exchange.reason = fault;
    throw new GatewayError('CASE_NOT_VALID');
  }
  exchange.roots = roots;
  exchange.receivedOn = receivedOn;
  if (itemFaults.length > 0) exchange.reason = itemFaults.join(' ');
}

function withLegalBasis(error: AnswerError, agreement: Agreement): ExplainedError {
  return { ...error, legalBasis: legalBasisOf(error.code, error.rule, agreement) };
}

async function timed<T>(parts: PipelineParts, step: Step, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    parts.metrics.step(step, performance.now() - startedAt);
  }
}
