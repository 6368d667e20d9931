import type { SubjectDisclosure } from '../../disclosure/disclosure-recorder.ts';
import type { Principal } from '../../identity/principal.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { isAuditNumber, isCaseId } from '../../policy/case/case.ts';
import type { OperationInputs } from '../../policy/grant/operation-inputs.ts';
import { textOf } from '../../policy/agreement/reasons.ts';
import { EMPTY_DIGEST, type AnswerRecord } from './answer-record.ts';
import { latestOf } from '../questions/log-question.ts';

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
    readonly wantsReceipt: boolean;
  };
  readonly agreement: Agreement | null;
  readonly operationName: string | null;
  readonly operationHash: string | null;
  /** The document whose hash that is. */
  readonly operationText: string | null;
  readonly operationInputs: OperationInputs | null;
  readonly denied: readonly string[];
  /** Of what it shows of the log, see Exchange. */
  readonly release: number | null;
  readonly refusal: string | null;
  readonly reason: string | null;
  /** SHA-256 of the body, base64url; null where it was not read to its end. */
  readonly requestDigest: string | null;
}

/** The record of an answer: whatever its status, it was refused unless that is 200. */
export function answerRecord(
  instance: string,
  request: AnsweredRequest,
  answer: {
    readonly status: number;
    readonly digest: string;
    readonly upstream: AnswerRecord['upstream'];
    readonly subjects: readonly SubjectDisclosure[];
  },
): AnswerRecord {
  const { head, principal, agreement, operationHash, operationText } = request;
  const isRefused = answer.status !== 200;
  return {
    id: request.entryId,
    time: request.receivedAt,
    instance,
    client: principal.client.id,
    agency: principal.client.name,
    callerKind: principal.client.kind,
    officer: principal.officer,
    tokenKey: principal.keyId,
    citizen: principal.client.kind === 'citizen' ? principal.subject : null,
    purpose: agreement?.purpose ?? null,
    legalBasis: agreement && textOf(agreement.legalBasis),
    release: latestOf([releaseOf(agreement, request.receivedAt), request.release]),
    caseId: caseIdOf(head.caseId),
    agreement: agreement && { id: agreement.id, version: agreement.version, digest: agreement.digest },
    operationName: request.operationName,
    operationHash,
    operationInputs: request.operationInputs,
    outcome: isRefused ? 'refused' : 'answered',
    code: isRefused ? (request.refusal ?? 'INTERNAL_ERROR') : null,
    reason: request.reason,
    denied: request.denied,
    requestId: head.requestId,
    traceId: head.traceId,
    upstream: answer.upstream,
    requestDigest: request.requestDigest ?? EMPTY_DIGEST,
    answerDigest: answer.digest,
    documents:
      operationHash === null || operationText === null
        ? []
        : [{ digest: operationHash, text: operationText }],
    // A receipt would be for another request than the one that was sent.
    wantsReceipt: head.wantsReceipt && request.requestDigest !== null,
    subjects: answer.subjects,
  };
}

/** What is no number of a dossier or an order may be anything, somebody's name too, and stays out of the log. */
function caseIdOf(caseId: string | undefined): string | null {
  return caseId !== undefined && (isCaseId(caseId) || isAuditNumber(caseId)) ? caseId : null;
}

const DAY_MS = 86_400_000;

function releaseOf(agreement: Agreement | null, receivedAt: number): number | null {
  const days = agreement?.withheldDays ?? null;
  return days === null ? null : receivedAt + days * DAY_MS;
}
