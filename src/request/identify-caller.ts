import { createEntryId } from '../access-log/entry/entry-id.ts';
import { GatewayError } from '../errors.ts';
import type { RequestParts } from './request-parts.ts';
import type { Identified, RequestHead } from './stages.ts';
import { timed } from './timed.ts';

/**
 * Verifies the token. A request without a verified caller has no entry in the access log, so that a flood cannot fill it: its
 * refusal is counted by its code alone.
 */
export async function identifyCaller(
  { identity, metrics }: Pick<RequestParts, 'identity' | 'metrics'>,
  head: RequestHead,
): Promise<Identified | GatewayError> {
  try {
    const principal = await timed(metrics, 'identity', () => identity.identify(head.authorization));
    const receivedAt = Date.now();
    return { entryId: createEntryId(receivedAt), head, principal, receivedAt };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    metrics.unauthenticated(error.code);
    return error;
  }
}
