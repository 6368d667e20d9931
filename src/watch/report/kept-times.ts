import type { ActivityScope, KeptActivity } from '../series/activity.ts';
import { LatencyHistogram } from '../series/latency-histogram.ts';

/** 50 or 99 of 100 times of a day; null where none was kept. */
export function timeOf(kept: Pick<KeptActivity, 'buckets'> | undefined, share: number): number | null {
  const times = new LatencyHistogram();
  times.addAll(kept?.buckets ?? []);
  return times.quantile(share);
}

/** The kept day of one thing. */
export function keptOf(
  rows: readonly KeptActivity[],
  scope: ActivityScope,
  code: string,
): KeptActivity | undefined {
  return rows.find((row) => row.scope === scope && row.code === code);
}
