import { LatencyHistogram } from '../series/latency-histogram.ts';

const SLOT_MS = 5_000;
const SLOTS = 12;

/** The time over which the live state's rates and quantiles are taken. */
export const WINDOW_SECONDS = (SLOTS * SLOT_MS) / 1_000;

interface Slot {
  /** The number of the slot's time since 1970; another number means that it is empty. */
  number: number;
  count: number;
  failed: number;
  readonly times: LatencyHistogram;
}

/** Counts of the last minute. */
export interface WindowCounts {
  readonly count: number;
  readonly failed: number;
  readonly ratePerSecond: number;
  /** Milliseconds; null where nothing was counted. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** Counts and times of the last minute, in twelve slots whose memory is fixed. */
export class RollingWindow {
  readonly #slots: readonly Slot[] = Array.from({ length: SLOTS }, () => ({
    number: -1,
    count: 0,
    failed: 0,
    times: new LatencyHistogram(),
  }));

  /** Adds `count` events at once; without a time they have none. */
  add(now: number, { failed = false, milliseconds, count = 1 }: WindowEvent = {}): void {
    const number = Math.floor(now / SLOT_MS);
    const slot = this.#slots[number % SLOTS];
    if (!slot) return;
    if (slot.number !== number) {
      slot.number = number;
      slot.count = 0;
      slot.failed = 0;
      slot.times.clear();
    }
    slot.count += count;
    if (failed) slot.failed += count;
    if (milliseconds !== undefined) slot.times.add(milliseconds);
  }

  counts(now: number): WindowCounts {
    const newest = Math.floor(now / SLOT_MS);
    const times = new LatencyHistogram();
    let count = 0;
    let failed = 0;
    for (const slot of this.#slots) {
      if (slot.number <= newest - SLOTS || slot.number > newest) continue;
      count += slot.count;
      failed += slot.failed;
      times.addAll(slot.times);
    }
    return {
      count,
      failed,
      ratePerSecond: Math.round((10 * count) / WINDOW_SECONDS) / 10,
      p50Ms: times.quantile(0.5),
      p99Ms: times.quantile(0.99),
    };
  }
}

interface WindowEvent {
  readonly failed?: boolean;
  readonly milliseconds?: number;
  readonly count?: number;
}
