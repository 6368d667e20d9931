import type { Limits } from '../../config/limits.ts';

export const TURN_LIMITS = {
  slice: {
    value: 5,
    unit: 'ms',
    why: 'Large answers together use so much of one turn of the event loop; then other requests come first.',
  },
} as const satisfies Limits;

let startedAt: number | null = null;
let waiting: (() => void)[] = [];
let isScheduled = false;

/**
 * True once large answers have used their part of this turn of the event loop. They are all asked alike, so that forty of them hold
 * the others up no longer than one.
 */
export function isTurnOver(): boolean {
  const now = performance.now();
  if (startedAt === null) {
    startedAt = now;
    schedule();
  }
  return now - startedAt > TURN_LIMITS.slice.value;
}

/** Settles at a later turn of the event loop. One large answer goes on in each turn, in the order in which they came. */
export function nextTurn(): Promise<void> {
  return new Promise((goOn) => {
    waiting.push(goOn);
    schedule();
  });
}

function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  setImmediate(turn);
}

function turn(): void {
  isScheduled = false;
  startedAt = null;
  const goOn = waiting.shift();
  if (!goOn) return;
  startedAt = performance.now();
  schedule();
  goOn();
}
