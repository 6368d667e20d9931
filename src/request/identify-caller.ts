import { createEntryId } from '../access-log/entry/entry-id.ts';
import { GatewayError } from '../errors.ts';
import { TokenRefused } from '../identity/token-refused.ts';
import type { RequestParts } from './request-parts.ts';
import type { Identified, RequestHead } from './stages.ts';
import { timed } from '../telemetry/timed.ts';

/**
 * Verifies the token. A request without a verified caller has no entry in the access log, so that a flood cannot fill it: its
 * refusal is counted, and a line tells the operator what is wrong with the token. The caller learns the code alone.
 */
export async function identifyCaller(
  { identity, metrics, log }: Pick<RequestParts, 'identity' | 'metrics' | 'log'>,
  head: RequestHead,
): Promise<Identified | GatewayError> {
  try {
    const principal = await timed(metrics, 'identity', () => identity.identify(head.authorization));
    const receivedAt = Date.now();
    return { entryId: createEntryId(receivedAt), head, principal, receivedAt };
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const reason = error instanceof TokenRefused ? error.fault : undefined;
    metrics.unauthenticated(error.code);
    if (reason) metrics.tokenRefused(reason);
    // A request without any token is no forged one: probes send it all the time.
    if (reason !== 'absent') {
      const { requestId } = head;
      log.warnLimited('token.refused', { code: error.code, requestId, ...(reason ? { reason } : {}) });
    }
    return error;
  }
}
