import type { Limits } from '../../config/limits.ts';
import { gatewayAct, type GatewayAct } from '../entry/gateway-act.ts';
import { StoreFault } from '../stores/log-store.ts';

export const CLOCK_STEP_LIMITS = {
  told: {
    value: 30_000,
    unit: 'ms',
    why: 'A clock that goes back by more than a request may take is on record.',
  },
  far: {
    value: 300_000,
    unit: 'ms',
    why: 'A clock that is kept by NTP never goes back so far: until it is right again nothing is answered.',
  },
} as const satisfies Limits;

/** Purpose of the entry that states from when to when the clock went back. */
export const CLOCK_WENT_BACK = 'clock-went-back';

/** Code of StoreFault: the clock is far before the last entry. */
export const CLOCK_FAR = 'clock-far-from-log';

/**
 * The entry that is due where the clock went back since the last entry, or null. Months, retention and the order of
 * accesses rest on the entries' times. Throws StoreFault where the clock is far before the last entry: either it is wrong
 * now, or it was then, and an operator has to say which (`ndg log clock`).
 */
export function clockStep(instanceId: string, lastTime: number | null, now: number): GatewayAct | null {
  if (lastTime === null || lastTime - now <= CLOCK_STEP_LIMITS.told.value) return null;
  if (lastTime - now > CLOCK_STEP_LIMITS.far.value) throw new StoreFault(CLOCK_FAR, false);
  return gatewayAct(instanceId, {
    purpose: CLOCK_WENT_BACK,
    at: now,
    detail: { from: lastTime, to: now },
  });
}
