import { randomUUID } from 'node:crypto';
import type { AnswerRecord } from './entry.ts';
import { createEntryId } from './entry-id.ts';

/**
 * An act of the gateway itself, on the same record as its answers: which agreements it put in force. `detail` is
 * stored as JSON and holds nothing about persons.
 */
export function gatewayAct(
  instance: string,
  act: { readonly purpose: string; readonly at: number; readonly detail: object },
): AnswerRecord {
  return {
    id: createEntryId(act.at),
    time: act.at,
    instance,
    client: 'gateway',
    callerKind: 'gateway',
    officer: instance,
    citizen: null,
    purpose: act.purpose,
    caseId: null,
    agreement: null,
    operationName: null,
    operationHash: null,
    outcome: 'answered',
    code: null,
    reason: null,
    denied: [],
    detail: JSON.stringify(act.detail),
    requestId: randomUUID(),
    traceId: '0'.repeat(32),
    upstream: [],
    subjects: [],
  };
}
