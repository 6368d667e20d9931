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
    why: 'A clock that is kept by NTP never jumps so far: until it is right again nothing is answered.',
  },
} as const satisfies Limits;

/** Purpose of the entry that states from when to when the clock went back. */
export const CLOCK_WENT_BACK = 'clock-went-back';

/** Code of StoreFault: the clock is far before the last entry. */
export const CLOCK_FAR = 'clock-far-from-log';

/** Code of StoreFault: the clock ran ahead of the machine's steady clock. */
export const CLOCK_AHEAD = 'clock-jumped-ahead';

/**
 * Compares the clock with the machine's steady one, which nobody sets, from one write to the next. Entries that state a
 * time to come cannot be taken back, and those after them would seem to go back.
 */
export class RunningClock {
  #time: number;
  #steady: number;

  /** `time`: milliseconds since 1970. `steady`: milliseconds of performance.now(). */
  constructor(time: number, steady: number) {
    this.#time = time;
    this.#steady = steady;
  }

  /**
   * Throws StoreFault where the clock is far ahead of where it must be. It stays so until the clock is set right; where it
   * was wrong before and is right now, or the machine slept, a new start takes it as it is.
   */
  mustRunSteadily(time: number, steady: number): void {
    const ahead = time - this.#time - (steady - this.#steady);
    if (ahead > CLOCK_STEP_LIMITS.far.value) throw new StoreFault(CLOCK_AHEAD, false);
    this.#time = time;
    this.#steady = steady;
  }
}

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
