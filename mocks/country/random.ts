/** Mixes integers into one well-spread unsigned 32-bit integer (murmur3's finaliser over a running hash). */
export function hash(...parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}

/** A small fast generator (mulberry32): the same seed gives the same sequence on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 to 1, 1 excluded. */
  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** 0 to limit, limit excluded. */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** Both ends included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const value = list[this.below(list.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  }

  /** About normal: the sum of three uniform values. */
  around(mean: number, deviation: number): number {
    return mean + (this.unit() + this.unit() + this.unit() - 1.5) * 2 * deviation;
  }
}

/** Values drawn by their weights. */
export class Weighted<T> {
  readonly #values: readonly T[];
  readonly #limits: readonly number[];
  readonly #total: number;

  constructor(rows: readonly (readonly [value: T, weight: number])[]) {
    let total = 0;
    this.#values = rows.map(([value]) => value);
    this.#limits = rows.map(([, weight]) => (total += weight));
    this.#total = total;
  }

  draw(random: Random): T {
    const point = random.unit() * this.#total;
    let low = 0;
    let high = this.#limits.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#limits[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    return this.#values[low] as T;
  }
}
