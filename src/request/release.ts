import { hash } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import { NO_FINDINGS } from '../policy/row-rules/caller-findings.ts';
import { nextTurn } from '../plan/run/loop-turns.ts';
import { refusedSubjects } from '../plan/roots/root-decisions.ts';
import { answerRecordOf } from './answer-record-of.ts';
import { officePlaceOf } from '../units/office-place.ts';
import { holdBack } from './hold-back.ts';
import type { RequestParts } from './request-parts.ts';
import { isRefused, type OutgoingAnswer, type Produced, type Reached } from './stages.ts';
import { timed } from '../telemetry/timed.ts';

/**
 * The release gate, over the final status and bytes: no durable entry, no data. Gives the answer that leaves, with the receipt
 * in it where one was asked for, or ACCESS_LOG_UNAVAILABLE; then the answer is dropped.
 */
export async function release(
  {
    accessLog,
    instance,
    metrics,
    activity,
    log,
  }: Pick<RequestParts, 'accessLog' | 'instance' | 'metrics' | 'activity' | 'log'>,
  { outcome, answer }: Produced,
): Promise<OutgoingAnswer | GatewayError> {
  const reached = isRefused(outcome) ? outcome.reached : outcome;
  const { entryId, head, principal } = reached;
  // The answer was written out in this turn: its digest and its entries come in another.
  if (reached.isLarge) await nextTurn();
  const isGood = answer.status === 200;
  const code = isGood ? 'OK' : isRefused(outcome) ? outcome.code : 'INTERNAL_ERROR';
  const record = answerRecordOf(instance, reached, {
    code: isGood ? null : code,
    reason: outcome.reason,
    digest: hash('sha256', answer.body, 'base64url'),
    subjects:
      isGood && reached.recorder
        ? reached.recorder.subjects()
        : refusedSubjects(reached.roots ?? [], (id) => reached.gate?.findingsOf(id) ?? NO_FINDINGS),
  });
  let receipt: string | null;
  try {
    receipt = await timed(metrics, 'access-log', () => accessLog.append(record));
  } catch (error) {
    const cause = error instanceof GatewayError ? error.code : 'INTERNAL_ERROR';
    log.error('access-log.failed', { code: cause, requestId: head.requestId });
    metrics.answer(503, cause);
    activity.answered({ ...officePlaceOf(principal), status: 503, milliseconds: timeOf(reached) });
    return new GatewayError('ACCESS_LOG_UNAVAILABLE', { cause: error });
  }
  activity.answered({
    ...officePlaceOf(principal),
    status: answer.status,
    milliseconds: timeOf(reached),
  });
  const hasExtensions = isGood && !isRefused(outcome) && outcome.sources.length > 0;
  if (!isRefused(outcome) && outcome.isHeldBack) await holdBack(outcome.bodyEndedAt);
  metrics.answer(answer.status, code);
  log.debug('request.answered', {
    status: answer.status,
    code,
    entry: entryId,
    requestId: head.requestId,
    traceId: head.traceId,
    client: principal.client.id,
  });
  return {
    status: answer.status,
    body: receipt === null ? answer.body : withReceipt(answer.body, receipt, hasExtensions),
    headers: { ...answer.headers, 'x-access-entry': entryId, 'x-request-id': head.requestId },
  };
}

/** Milliseconds since the body's end, or since the caller was known where the body was not read. */
function timeOf({ bodyEndedAt, receivedAt }: Reached): number {
  return bodyEndedAt === undefined ? Math.max(0, Date.now() - receivedAt) : performance.now() - bodyEndedAt;
}

/** FORMAT.md, Receipt: without the member that is added here, the bytes are again those that were committed to. */
function withReceipt(body: string, receipt: string, hasExtensions: boolean): string {
  const last = body.lastIndexOf('}');
  return hasExtensions
    ? `${body.slice(0, last - 1)},"receipt":${receipt}}}${body.slice(last + 1)}`
    : `${body.slice(0, last)},"extensions":{"receipt":${receipt}}}${body.slice(last + 1)}`;
}
