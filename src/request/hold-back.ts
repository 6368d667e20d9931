import { REQUEST_LIMITS } from './request-limits.ts';

const GRID_MS = REQUEST_LIMITS.holdBackMs.value;
const TICK_MS = 1;

interface Held {
  readonly endsAt: number;
  readonly release: () => void;
}

let held: Held[] = [];

/**
 * Settles at the next multiple of the grid after the end of the body: reading a record that is not shown takes some tenths of a
 * millisecond longer than reading that there is none. `bodyEndedAt` is on the clock of performance.now(). All held answers leave at
 * the ticks of one timer, so that the moment within a millisecond depends on no answer's own work, and nobody waits by spinning.
 */
export function holdBack(bodyEndedAt: number): Promise<void> {
  const elapsed = performance.now() - bodyEndedAt;
  const endsAt = bodyEndedAt + Math.ceil(elapsed / GRID_MS) * GRID_MS;
  return new Promise((release) => {
    if (held.length === 0) setTimeout(tick, TICK_MS);
    held.push({ endsAt, release });
  });
}

function tick(): void {
  const now = performance.now();
  const waiting: Held[] = [];
  for (const one of held) {
    if (one.endsAt <= now) one.release();
    else waiting.push(one);
  }
  held = waiting;
  if (held.length > 0) setTimeout(tick, TICK_MS);
}
