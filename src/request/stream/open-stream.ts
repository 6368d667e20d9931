import { GatewayError } from '../../errors.ts';
import type { CallerKind } from '../../identity/registered-clients.ts';
import { answerRecordOf } from '../answer-record-of.ts';
import { identifyCaller } from '../identify-caller.ts';
import { release } from '../release.ts';
import { refuseAt } from '../refuse-at.ts';
import type { RequestParts } from '../request-parts.ts';
import type { Identified, OutgoingAnswer, RequestHead } from '../stages.ts';

export type StreamParts = Pick<
  RequestParts,
  'accessLog' | 'activity' | 'agreements' | 'identity' | 'instance' | 'log' | 'metrics'
>;

/** A caller who may read a stream of counts, or the refusal. */
export type StreamAdmission = Identified | OutgoingAnswer;

/**
 * Admits a caller of one kind to a stream of counts, which is nobody's data. That it was opened is on record before its first byte, and so
 * is every refusal of a verified caller. `mayOpen` refuses where the caller has its share of streams.
 */
export async function openStream(
  parts: StreamParts,
  head: RequestHead,
  kind: CallerKind,
  http: {
    readonly refuse: (error: GatewayError) => OutgoingAnswer;
    readonly mayOpen: (caller: Identified) => GatewayError | null;
  },
): Promise<StreamAdmission> {
  const identified = await identifyCaller(parts, head);
  if (identified instanceof GatewayError) return http.refuse(identified);
  const fault = faultOf(parts, identified, kind) ?? http.mayOpen(identified);
  const agreement = parts.agreements.current().builtIn.get(kind);
  const reached = agreement && !fault ? { ...identified, agreement } : identified;
  if (fault) {
    const outcome = refuseAt(parts.log, reached, fault);
    const released = await release(parts, { outcome, answer: http.refuse(fault) });
    return released instanceof GatewayError ? http.refuse(released) : released;
  }
  try {
    const answer = { code: null, reason: null, digest: '', subjects: [] };
    await parts.accessLog.append(answerRecordOf(parts.instance, reached, answer));
    return identified;
  } catch (error) {
    parts.log.error('access-log.failed', { code: 'ACCESS_LOG_UNAVAILABLE', requestId: head.requestId });
    return http.refuse(new GatewayError('ACCESS_LOG_UNAVAILABLE', { cause: error }));
  }
}

/** Whether the stream may go on: the token is valid, and neither client, officer nor key was suspended. */
export function mayReadOn(
  { agreements }: Pick<StreamParts, 'agreements'>,
  { principal }: Identified,
  now: number,
): boolean {
  const { client, officer, tokenId, keyId, expiresAt } = principal;
  return now < expiresAt * 1_000 && !agreements.isSuspended({ client, officer, tokenId, keyId });
}

function faultOf(
  { agreements }: StreamParts,
  { principal }: Identified,
  kind: CallerKind,
): GatewayError | null {
  const { client, officer, tokenId, keyId } = principal;
  if (agreements.isSuspended({ client, officer, tokenId, keyId })) return new GatewayError('TOKEN_REVOKED');
  return principal.kind === kind ? null : new GatewayError('PURPOSE_NOT_GRANTED');
}
