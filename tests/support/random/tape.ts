/** Numbers that decide a random structure. All zeros give the simplest, so that fast-check can shrink towards it. */
export class Tape {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  get isSpent(): boolean {
    return this.#at >= this.#numbers.length;
  }

  /** 0 to `limit` - 1. */
  below(limit: number): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number % limit;
  }

  /** True once in so many times, never at the end of the tape. */
  oneIn(times: number): boolean {
    return this.below(times) === times - 1;
  }

  pick<T>(values: readonly T[]): T | undefined {
    return values[this.below(Math.max(1, values.length))];
  }
}
