import { randomUUID } from 'node:crypto';
import { EMPTY_DIGEST, type AnswerRecord, type LoggedDocument } from './answer-record.ts';
import { createEntryId } from './entry-id.ts';

/**
 * An act of the gateway itself, on the same record as its answers: which agreements it put in force, that the log was
 * begun or restored. `detail` holds nothing about persons, and only what canonical JSON can hold.
 */
export function gatewayAct(
  instance: string,
  act: {
    readonly purpose: string;
    readonly at: number;
    readonly detail: object;
    readonly documents?: readonly LoggedDocument[];
  },
): AnswerRecord {
  return {
    id: createEntryId(act.at),
    time: act.at,
    instance,
    client: 'gateway',
    agency: 'national-data-gateway',
    callerKind: 'gateway',
    officer: instance,
    tokenKey: null,
    citizen: null,
    purpose: act.purpose,
    legalBasis: null,
    release: null,
    caseId: null,
    agreement: null,
    operationName: null,
    operationHash: null,
    operationInputs: null,
    outcome: 'answered',
    code: null,
    reason: null,
    denied: [],
    detail: act.detail,
    requestId: randomUUID(),
    traceId: '0'.repeat(32),
    upstream: [],
    requestDigest: EMPTY_DIGEST,
    answerDigest: EMPTY_DIGEST,
    documents: act.documents ?? [],
    wantsReceipt: false,
    subjects: [],
  };
}
