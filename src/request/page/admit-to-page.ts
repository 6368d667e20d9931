import { GatewayError } from '../../errors.ts';
import type { CallerKind } from '../../identity/registered-clients.ts';
import { identifyCaller } from '../identify-caller.ts';
import { refuseAt } from '../refuse-at.ts';
import { release } from '../release.ts';
import type { StreamParts } from '../stream/open-stream.ts';
import type { Identified, OutgoingAnswer, RequestHead } from '../stages.ts';

/**
 * Admits a verified caller to a page, or to data, that these kinds of caller may see. The refusal of another kind is on record, as every
 * refusal of a verified caller is.
 */
export async function admitToPage(
  parts: StreamParts,
  head: RequestHead,
  kinds: readonly CallerKind[],
  refuse: (error: GatewayError) => OutgoingAnswer,
): Promise<Identified | OutgoingAnswer> {
  const identified = await identifyCaller(parts, head);
  if (identified instanceof GatewayError) return refuse(identified);
  const { client, officer, tokenId, keyId, kind } = identified.principal;
  const isSuspended = parts.agreements.isSuspended({ client, officer, tokenId, keyId });
  if (!isSuspended && kinds.includes(kind)) return identified;
  const fault = new GatewayError(isSuspended ? 'TOKEN_REVOKED' : 'PURPOSE_NOT_GRANTED');
  const outcome = refuseAt(parts.log, identified, fault);
  const released = await release(parts, { outcome, answer: refuse(fault) });
  return released instanceof GatewayError ? refuse(released) : released;
}
