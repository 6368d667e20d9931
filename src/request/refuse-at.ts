import { GatewayError } from '../errors.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import type { Reached, Refused } from './stages.ts';

/** A refusal at the last stage that was reached. An unexpected error is logged, and is INTERNAL_ERROR to the caller. */
export function refuseAt(log: Log, reached: Reached, error: unknown, reason?: string): Refused {
  const known = error instanceof GatewayError ? error : new GatewayError('INTERNAL_ERROR', { cause: error });
  if (known !== error) {
    log.error('request.failed', { ...describeError(error), requestId: reached.head.requestId });
  }
  return { reached, error: known, code: known.code, reason: reason ?? reached.reason ?? null };
}

/** Goes on to the next stage. What `work` throws is a refusal at this one. */
export function advance<Here extends Reached, Next>(
  log: Log,
  here: Here,
  work: (here: Here) => Next,
): Next | Refused {
  try {
    return work(here);
  } catch (error) {
    return refuseAt(log, here, error);
  }
}

/** Does the same as `advance` for work that waits. */
export async function advanceAsync<Here extends Reached, Next>(
  log: Log,
  here: Here,
  work: (here: Here) => Promise<Next>,
): Promise<Next | Refused> {
  try {
    return await work(here);
  } catch (error) {
    return refuseAt(log, here, error);
  }
}
