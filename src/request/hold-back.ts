import { setImmediate, setTimeout } from 'node:timers/promises';
import { REQUEST_LIMITS } from './request-limits.ts';

const GRID_MS = REQUEST_LIMITS.holdBackMs.value;

/**
 * Settles at the next multiple of the grid after arrival: reading a record that is not shown takes some tenths of a
 * millisecond longer than reading that there is none. `startedAt` is on the clock of performance.now().
 */
export async function holdBack(startedAt: number): Promise<void> {
  const elapsed = performance.now() - startedAt;
  const endsAt = startedAt + Math.ceil(elapsed / GRID_MS) * GRID_MS;
  // Timers count whole milliseconds, and rounding would let the fraction through that is to be hidden.
  const whole = Math.floor(endsAt - performance.now()) - 1;
  if (whole > 0) await setTimeout(whole);
  while (performance.now() < endsAt) await setImmediate();
}
