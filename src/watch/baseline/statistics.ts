/** The value below which a share of the values lies; 0 where there are none. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/**
 * Median and that many deviations. The deviation is the larger one of the median absolute deviation, scaled as for a normal
 * distribution, and of what chance alone makes of a count (its square root).
 */
export function upperBound(values: readonly number[], deviations: number): number {
  const middle = median(values);
  const spread = median(values.map((value) => Math.abs(value - middle)));
  return middle + deviations * Math.max(1.4826 * spread, Math.sqrt(middle));
}

/** Probability of at least so many events where so many are expected (Poisson). */
export function poissonTail(least: number, expected: number): number {
  if (least <= 0) return 1;
  // Above the mean the terms fall fast: they are added up until they no longer count.
  let term = Math.exp(-expected);
  for (let count = 1; count <= least; count++) term *= expected / count;
  let tail = 0;
  for (let count = least; term > tail * 1e-9 && count < least + 1_000; count++) {
    tail += term;
    term *= expected / (count + 1);
  }
  return Math.min(1, tail);
}
