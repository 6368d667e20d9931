import { LRUCache } from 'lru-cache';
import type { Limits } from '../../config/limits.ts';

export const CITIZEN_RATE_LIMITS = {
  burst: {
    value: 600,
    unit: 'requests',
    why: 'Of one citizen at once; a form asks a handful, and each request is kept on record for years.',
  },
  perSecond: { value: 10, unit: 'requests', why: 'Of one citizen, on and on: 50 MB of access log an hour.' },
  citizens: {
    value: 100_000,
    unit: 'citizens',
    why: 'Whose rates are remembered; one who was away longer than all others has the whole burst again.',
  },
} as const satisfies Limits;

interface Bucket {
  left: number;
  /** On the clock. */
  at: number;
}

/** Requests of each citizen in time. Officers' requests are bounded by their agreement's volume. */
export class CitizenRate {
  readonly #buckets = new LRUCache<string, Bucket>({ max: CITIZEN_RATE_LIMITS.citizens.value });
  readonly #now: () => number;

  /** `now`: monotonic milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Takes one request of the citizen; false where there is none left. */
  take(citizen: string): boolean {
    const now = this.#now();
    let bucket = this.#buckets.get(citizen);
    if (!bucket) {
      bucket = { left: CITIZEN_RATE_LIMITS.burst.value, at: now };
      this.#buckets.set(citizen, bucket);
    }
    const regained = ((now - bucket.at) / 1_000) * CITIZEN_RATE_LIMITS.perSecond.value;
    bucket.left = Math.min(CITIZEN_RATE_LIMITS.burst.value, bucket.left + regained);
    bucket.at = now;
    if (bucket.left < 1) return false;
    bucket.left -= 1;
    return true;
  }
}
