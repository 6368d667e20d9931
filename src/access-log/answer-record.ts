import type { SubjectDisclosure } from '../disclosure/disclosure-recorder.ts';
import type { Principal } from '../identity/principal.ts';
import type { Agreement } from '../policy/agreement.ts';
import { isCaseId } from '../policy/case.ts';
import type { AnswerRecord } from './entry.ts';

/** What is known of a request when its answer is about to leave. */
export interface AnsweredRequest {
  readonly entryId: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  readonly principal: Principal;
  readonly head: {
    readonly caseId: string | undefined;
    readonly requestId: string;
    readonly traceId: string;
  };
  readonly agreement: Agreement | null;
  readonly operationName: string | null;
  readonly operationHash: string | null;
  readonly denied: readonly string[];
  readonly refusal: string | null;
  readonly reason: string | null;
}

/** The record of an answer: whatever its status, it was refused unless that is 200. */
export function answerRecord(
  instance: string,
  request: AnsweredRequest,
  answer: {
    readonly status: number;
    readonly upstream: AnswerRecord['upstream'];
    readonly subjects: readonly SubjectDisclosure[];
  },
): AnswerRecord {
  const { head, principal, agreement } = request;
  const isRefused = answer.status !== 200;
  return {
    id: request.entryId,
    time: request.receivedAt,
    instance,
    client: principal.client.id,
    callerKind: principal.client.kind,
    officer: principal.officer,
    citizen: principal.client.kind === 'citizen' ? principal.subject : null,
    purpose: agreement?.purpose ?? null,
    caseId: head.caseId !== undefined && isCaseId(head.caseId) ? head.caseId : null,
    agreement: agreement && { id: agreement.id, version: agreement.version },
    operationName: request.operationName,
    operationHash: request.operationHash,
    outcome: isRefused ? 'refused' : 'answered',
    code: isRefused ? (request.refusal ?? 'INTERNAL_ERROR') : null,
    reason: request.reason,
    denied: request.denied,
    detail: null,
    requestId: head.requestId,
    traceId: head.traceId,
    upstream: answer.upstream,
    subjects: answer.subjects,
  };
}
