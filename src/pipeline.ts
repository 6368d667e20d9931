import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { AccessLogWriter, AnswerRecord } from './access-log/entry.ts';
import { createEntryId } from './access-log/entry-id.ts';
import type { AgreementStore } from './agreements/agreement-store.ts';
import type { RecordQuota } from './agreements/record-quota.ts';
import { DisclosureRecorder } from './disclosure/disclosure-recorder.ts';
import { GatewayError } from './errors.ts';
import type { Identity, Principal } from './identity/principal.ts';
import { coerceVariables } from './operation/coerce-variables.ts';
import type { DocumentCheck } from './operation/document-check.ts';
import { isTellableName } from './operation/tellable-name.ts';
import { executePlan, type Answer } from './plan/execute.ts';
import { holdBack } from './plan/hold-back.ts';
import { introspect } from './plan/introspect.ts';
import type { PreparedOperations } from './plan/prepared-operations.ts';
import { readRootRequests, type RootRequest } from './plan/root-requests.ts';
import { confirmCases } from './plan/confirm-cases.ts';
import type { AnswerError, Plan } from './plan/plan.ts';
import { Questions } from './plan/questions.ts';
import { countOpenKeys, denyRoots, refusedSubjects, rootsUnder } from './plan/root-decisions.ts';
import { RowGate } from './plan/row-gate.ts';
import { rowRightsOf, type RowRights } from './plan/row-rights.ts';
import type { SchemaBindings } from './plan/schema-bindings.ts';
import type { Agreement } from './policy/agreement.ts';
import { createValueDecider, type ValueContext } from './policy/argument-values.ts';
import type { EvaluationLedger } from './policy/evaluation-ledger.ts';
import { isCaseId } from './policy/case.ts';
import { legalBasisOf } from './policy/reasons.ts';
import { selectAgreement } from './policy/select-agreement.ts';
import type { CaseService } from './sources/dossier/dossier-service.ts';
import type { RecordReader } from './sources/record-reader.ts';
import type { RecordSources } from './sources/record-sources.ts';
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
  readonly metrics: Metrics;
  readonly instance: string;
  readonly requestTimeoutMs: number;
}

/** The request's head, as far as the path needs it; the body is read only once the caller is known. */
export interface RequestHead {
  readonly authorization: string | undefined;
  readonly purpose: string | undefined;
  readonly caseId: string | undefined;
  readonly requestId: string;
  readonly traceId: string;
}

/** One verified caller's request on its way. */
export interface Exchange {
  readonly entryId: string;
  readonly head: RequestHead;
  readonly principal: Principal;
  readonly receivedAt: number;
  /** The same moment on the clock of performance.now(). */
  readonly startedAt: number;
  recorder: DisclosureRecorder;
  agreement: Agreement | null;
  operationName: string | null;
  operationHash: string | null;
  roots: readonly RootRequest[];
  /** Day on which each dossier was received. */
  receivedOn: ReadonlyMap<string, string>;
  /** What is hidden and what is absent must take the same time. */
  hasAbsence: boolean;
  /** Set once records are read. */
  reader: RecordReader | null;
  /** What the grant cut from the operation. */
  denied: readonly string[];
  refusal: string | null;
  /** Why, where the code alone does not say it: for the log only. */
  reason: string | null;
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

const NOTHING_DENIED: readonly string[] = [];

/** identity: who asks. Fails with a 401 or 503 code; such requests are counted, not logged. */
export async function openExchange(parts: PipelineParts, head: RequestHead): Promise<Exchange> {
  const startedAt = performance.now();
  const principal = await timed(parts, 'identity', () => parts.identity.identify(head.authorization));
  const receivedAt = Date.now();
  return {
    entryId: createEntryId(receivedAt),
    head,
    principal,
    receivedAt,
    startedAt,
    recorder: new DisclosureRecorder(),
    agreement: null,
    operationName: null,
    operationHash: null,
    roots: [],
    receivedOn: new Map(),
    hasAbsence: false,
    reader: null,
    denied: NOTHING_DENIED,
    refusal: null,
    reason: null,
  };
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
  { document, operation, variables: inputs }: ReceivedOperation,
): Promise<ExplainedAnswer> {
  const name = operation.name?.value;
  exchange.operationName = name !== undefined && isTellableName(name) ? name : null;
  exchange.operationHash = parts.operations.hashOf(document);
  const variables = coerceVariables(parts.schema, operation, inputs);

  const agreement = chooseAgreement(parts, exchange, document, operation);
  const key = { document, operation, variables, agreement };
  let plan = parts.operations.prepare(key);
  const caseId = exchange.head.caseId ?? '';
  const asked = readRootRequests(plan, variables, agreement.needsCase ? caseId : '');
  exchange.denied = plan.denied;
  exchange.roots = denyRoots(asked, agreement, exchange.principal);
  refuseStrictly(agreement, plan);

  const reader = createReader(parts, exchange, agreement);
  const rights = rowRightsOf(exchange.principal, agreement, caseId, exchange.receivedAt);
  const gate = new RowGate(reader, rights);
  if (plan.asksData) await timed(parts, 'case', () => openCases(parts, exchange, agreement, reader, gate));
  if (plan.isRestricted) {
    plan = parts.operations.compile(key, createValueDecider(variables, valueContextOf(exchange, rights)));
    exchange.denied = plan.denied;
    refuseStrictly(agreement, plan);
    exchange.roots = rootsUnder(plan, exchange.roots);
  }
  parts.quota.charge(agreement, countOpenKeys(exchange.roots));

  const recorder = new DisclosureRecorder(plan.coordinateLists, caseId);
  exchange.recorder = recorder;
  const questions = new Questions({ ledger: parts.evaluations, agreement, today: rights.today }, variables);
  const { data, errors, hasAbsence, joined } = await timed(parts, 'plan', () =>
    executePlan(exchange.roots, { reader, variables, recorder, gate, questions }),
  );
  parts.quota.count(agreement, joined);
  exchange.hasAbsence = hasAbsence && !gate.isOpen;
  const answer = { data, errors: errors.map((error) => withLegalBasis(error, agreement)) };
  if (plan.roots.every((root) => root.shape !== 'introspection') || data === null) return answer;
  const introspected = await introspect(parts.schema, plan, document, operation.name?.value, variables);
  return { ...answer, data: Object.assign(data, introspected) };
}

/** access log, over the final status and bytes: no durable entry, no data. */
export async function release(parts: PipelineParts, exchange: Exchange, answer: Released): Promise<void> {
  const record = recordOf(parts, exchange, answer.status);
  await timed(parts, 'access-log', () => parts.accessLog.append(record));
  if (exchange.hasAbsence) await holdBack(exchange.startedAt);
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

function refuseStrictly(agreement: Agreement, plan: Plan): void {
  if (plan.asksData && agreement.isStrict && plan.hasDenials) throw new GatewayError('STRICT_DENIED');
}

/** A date of several dossiers is none: an argument stands once for all of them. */
function valueContextOf({ receivedOn }: Exchange, { today, callerUnit }: RowRights): ValueContext {
  const [date = null, ...others] = new Set(receivedOn.values());
  return { today, dossierDate: others.length > 0 ? null : date, ownUnit: callerUnit };
}

function createReader(parts: PipelineParts, exchange: Exchange, agreement: Agreement): RecordReader {
  const reader = parts.sources.createReader({
    agreement: `${agreement.id}@${agreement.version}`,
    client: exchange.principal.client.id,
    purpose: agreement.purpose,
    officer: exchange.principal.officer,
    maxAgeMs: agreement.recordAgeSeconds === null ? null : agreement.recordAgeSeconds * 1_000,
    // From here on: however slowly the body came, the registers have their whole time.
    deadlineAt: performance.now() + parts.requestTimeoutMs,
  });
  exchange.reader = reader;
  return reader;
}

async function openCases(
  parts: PipelineParts,
  exchange: Exchange,
  agreement: Agreement,
  reader: RecordReader,
  gate: RowGate,
): Promise<void> {
  const { principal, head } = exchange;
  if (!agreement.needsCase || head.caseId === undefined) return;
  const { roots, receivedOn, fault } = await confirmCases(exchange.roots, {
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
}

function withLegalBasis(error: AnswerError, agreement: Agreement): ExplainedError {
  return { ...error, legalBasis: legalBasisOf(error.code, error.rule, agreement) };
}

function recordOf(parts: PipelineParts, exchange: Exchange, status: number): AnswerRecord {
  const { entryId, head, principal, agreement, recorder } = exchange;
  const isRefused = status !== 200;
  return {
    id: entryId,
    time: exchange.receivedAt,
    instance: parts.instance,
    client: principal.client.id,
    callerKind: principal.client.kind,
    officer: principal.officer,
    citizen: principal.client.kind === 'citizen' ? principal.subject : null,
    purpose: agreement?.purpose ?? null,
    caseId: head.caseId !== undefined && isCaseId(head.caseId) ? head.caseId : null,
    agreement: agreement && { id: agreement.id, version: agreement.version },
    operationName: exchange.operationName,
    operationHash: exchange.operationHash,
    outcome: isRefused ? 'refused' : 'answered',
    code: isRefused ? (exchange.refusal ?? 'INTERNAL_ERROR') : null,
    reason: isRefused ? exchange.reason : null,
    denied: exchange.denied,
    detail: null,
    requestId: head.requestId,
    traceId: head.traceId,
    upstream: exchange.reader?.calls() ?? [],
    subjects: isRefused ? refusedSubjects(exchange.roots) : recorder.subjects(),
  };
}

async function timed<T>(parts: PipelineParts, step: Step, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    parts.metrics.step(step, performance.now() - startedAt);
  }
}
