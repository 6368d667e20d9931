import { EMPTY_DIGEST, type AnswerRecord } from '../access-log/entry/answer-record.ts';
import { latestOf } from '../access-log/queries/log-query.ts';
import type { SubjectDisclosure } from '../disclosure/disclosure-recorder.ts';
import { EMPTY_AGREEMENT, type Agreement } from '../policy/agreement/agreement.ts';
import { isAuditNumber, isCaseId } from '../policy/case/case.ts';
import { textOf } from '../policy/agreement/reasons.ts';
import type { Reached } from './stages.ts';

/** The record of an answer, from the stage that its request reached. `code` is null unless it was refused. */
export function answerRecordOf(
  instance: string,
  reached: Reached,
  answer: {
    readonly code: string | null;
    readonly reason: string | null;
    readonly digest: string;
    readonly subjects: readonly SubjectDisclosure[];
  },
): AnswerRecord {
  const { head, principal, receivedAt, operationText, requestDigest } = reached;
  const agreement = agreementOf(reached);
  return {
    id: reached.entryId,
    time: receivedAt,
    instance,
    client: principal.client.id,
    agency: principal.client.name,
    callerKind: principal.kind,
    officer: principal.officer,
    tokenKey: principal.keyId,
    citizen: principal.kind === 'citizen' ? principal.subject : null,
    purpose: agreement?.purpose ?? null,
    legalBasis: agreement && textOf(agreement.legalBasis),
    release: latestOf([withheldUntil(agreement, receivedAt), reached.shownRelease ?? null]),
    caseId: caseIdOnRecord(head.caseId),
    agreement: agreement && { id: agreement.id, version: agreement.version, digest: agreement.digest },
    operationName: reached.operationName ?? null,
    operationHash: operationText?.hash ?? null,
    operationInputs: reached.operationInputs ?? null,
    outcome: answer.code === null ? 'answered' : 'refused',
    code: answer.code,
    reason: answer.reason,
    denied: reached.plan?.denied ?? [],
    requestId: head.requestId,
    traceId: head.traceId,
    upstream: reached.reader?.calls() ?? [],
    requestDigest: requestDigest ?? EMPTY_DIGEST,
    answerDigest: answer.digest,
    documents: operationText ? [{ digest: operationText.hash, text: operationText.text }] : [],
    // A receipt would be for another request than the one that was sent.
    wantsReceipt: head.wantsReceipt && requestDigest !== undefined,
    subjects: answer.subjects,
  };
}

function agreementOf({ agreement }: Reached): Agreement | null {
  return agreement === undefined || agreement === EMPTY_AGREEMENT ? null : agreement;
}

/** A header that is no number of a dossier or an order may hold anything, a person's name too, and stays out of the log. */
function caseIdOnRecord(caseId: string | undefined): string | null {
  return caseId !== undefined && (isCaseId(caseId) || isAuditNumber(caseId)) ? caseId : null;
}

const DAY_MS = 86_400_000;

/** Milliseconds since 1970 until which the agreement keeps an access from its subjects; null: they are told at once. */
function withheldUntil(agreement: Agreement | null, receivedAt: number): number | null {
  const days = agreement?.withheldDays ?? null;
  return days === null ? null : receivedAt + days * DAY_MS;
}
