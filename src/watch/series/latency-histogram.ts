/** Lowest bound, in milliseconds. */
const LOWEST = 0.25;
/** Bounds for each doubling: a quantile is at most 19 % too large, and never too small. */
const STEPS = 4;
/** 72 buckets reach from a quarter of a millisecond to a minute. */
const BUCKETS = 72;

/** Counts of times by bucket, as they are kept: bucket and count in turns, ascending. */
export type BucketCounts = readonly number[];

/** Counts times in buckets whose bounds grow by a fixed factor, so that its size is fixed and several can be added up. */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(BUCKETS);

  add(milliseconds: number): void {
    const at = Math.ceil(STEPS * Math.log2(milliseconds / LOWEST));
    const bucket = at > 0 ? Math.min(at, BUCKETS - 1) : 0;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
  }

  /** Adds the counts of another one, kept or in use. */
  addAll(other: LatencyHistogram | BucketCounts): void {
    const kept = other instanceof LatencyHistogram ? other.kept() : other;
    for (let at = 0; at + 1 < kept.length; at += 2) {
      const bucket = kept[at] ?? 0;
      if (bucket < BUCKETS) this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (kept[at + 1] ?? 0);
    }
  }

  /** Milliseconds that a share of the times does not exceed, to the bound above; null where nothing was counted. */
  quantile(share: number): number | null {
    const all = this.#counts.reduce((sum, count) => sum + count, 0);
    if (all === 0) return null;
    const wanted = Math.ceil(share * all);
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= wanted) return boundOf(bucket);
    }
    return boundOf(BUCKETS - 1);
  }

  clear(): void {
    this.#counts.fill(0);
  }

  kept(): BucketCounts {
    return [...this.#counts.entries()].flatMap(([bucket, count]) => (count > 0 ? [bucket, count] : []));
  }
}

/** Rounded to three significant digits, so that a report prints the same on every machine. */
function boundOf(bucket: number): number {
  return Number((LOWEST * 2 ** (bucket / STEPS)).toPrecision(3));
}
