import type { Limits } from '../config/limits.ts';

export const BODY_PLACE_LIMITS = {
  bodiesPerCaller: {
    value: 200,
    unit: 'bodies',
    why: 'One caller may be sending so many at a time: a fifth of all places in flight.',
  },
} as const satisfies Limits;

/**
 * Bodies on their way, by caller. A caller that sends slowly holds a place among the requests in flight for the whole time
 * that a request may take: without this, one token and a thousand sockets lock everybody else out.
 */
export class BodyPlaces {
  readonly #max: number;
  readonly #taken = new Map<string, number>();

  constructor(max: number = BODY_PLACE_LIMITS.bodiesPerCaller.value) {
    this.#max = max;
  }

  /** False where the caller has all of its places already. Each place taken is given back once. */
  take(caller: string): boolean {
    const taken = this.#taken.get(caller) ?? 0;
    if (taken >= this.#max) return false;
    this.#taken.set(caller, taken + 1);
    return true;
  }

  giveBack(caller: string): void {
    const taken = this.#taken.get(caller) ?? 0;
    if (taken > 1) this.#taken.set(caller, taken - 1);
    else this.#taken.delete(caller);
  }
}
