import { setTimeout as pause } from 'node:timers/promises';
import type { Limit, Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';
import type { Connector } from './connector.ts';

/** A register takes no more than this of one gateway. Each declares its own limits beside its descriptor. */
export interface CallLimits extends Limits {
  readonly itemsPerCall: Limit;
  readonly callsPerSecond: Limit;
}

export const CALL_RATE_LIMITS = {
  burst: {
    value: 100,
    unit: 'ms',
    why: 'After a pause as many calls may leave at once as the rate allows in this time.',
  },
  longestWait: {
    value: 200,
    unit: 'ms',
    why: 'A call waits no longer for its turn; beyond that the request is refused with OVERLOADED.',
  },
  retryAfter: { value: 1, unit: 's', why: 'The rate is by the second.' },
} as const satisfies Limits;

/**
 * Keeps a register's rate for all callers together (generic cell rate algorithm, ITU-T I.371): a call above it waits for its turn, in
 * order, and is refused with OVERLOADED where the wait would be too long. Who asks, and for whom, does not matter.
 */
export function limitRate<Limited extends Connector>(
  connector: Limited,
  { callsPerSecond }: CallLimits,
  now: () => number = () => performance.now(),
  wait: (milliseconds: number) => Promise<unknown> = pause,
): Limited {
  const interval = 1_000 / callsPerSecond.value;
  let turn = -Infinity;
  return {
    ...connector,
    async fetch(items, call) {
      const at = now();
      const mine = Math.max(turn, at - CALL_RATE_LIMITS.burst.value);
      if (mine - at > CALL_RATE_LIMITS.longestWait.value) {
        throw new GatewayError('OVERLOADED', { retryAfterSeconds: CALL_RATE_LIMITS.retryAfter.value });
      }
      turn = mine + interval * (connector.exchanges?.(items) ?? 1);
      if (mine > at) await wait(mine - at);
      return connector.fetch(items, call);
    },
  };
}
