import { LatencyHistogram, type BucketCounts } from './latency-histogram.ts';

/** The things whose days are kept: a register, an office (registered client), a province, a commune, the gateway. */
export const ACTIVITY_SCOPES = ['register', 'office', 'province', 'commune', 'gateway'] as const;
export type ActivityScope = (typeof ACTIVITY_SCOPES)[number];

/** Counts of one thing on one day of Viet Nam. */
export interface ActivityCounts {
  /** Requests of an office or unit; calls of a register. */
  readonly requests: number;
  /** Refused by a decision or for a fault of the caller. */
  readonly refused: number;
  /** Failed by a fault of the register or of the gateway. */
  readonly failed: number;
  readonly forms: number;
  /** Papers that were asked for although data had answered them. */
  readonly askedAnyway: number;
  /** Last request, or last good answer of a register; milliseconds since 1970, null where there is none. */
  readonly lastAt: number | null;
}

/** A day's counts as they are kept. */
export interface KeptActivity extends ActivityCounts {
  readonly scope: ActivityScope;
  readonly code: string;
  readonly day: string;
  readonly buckets: BucketCounts;
}

/** A day's counts with the one time by which a day is judged. */
export interface JudgedDay extends ActivityCounts {
  readonly day: string;
  /** 99 of 100 times, in milliseconds; null where nothing was timed. */
  readonly p99Ms: number | null;
}

/** A kept day as it is judged. A month of them for every commune takes some 15 MB; with their buckets it would take ten times that. */
export function judgedDay({
  day,
  requests,
  refused,
  failed,
  forms,
  askedAnyway,
  lastAt,
  buckets,
}: KeptActivity): JudgedDay {
  const times = new LatencyHistogram();
  times.addAll(buckets);
  return { day, requests, refused, failed, forms, askedAnyway, lastAt, p99Ms: times.quantile(0.99) };
}

/** Counts of one thing today, while they grow. */
export class Activity {
  requests = 0;
  refused = 0;
  failed = 0;
  forms = 0;
  askedAnyway = 0;
  lastAt: number | null = null;
  readonly times = new LatencyHistogram();
  /** Whether it grew since it was last written. */
  isNew = false;
  #quantiles = { requests: -1, p50Ms: null as number | null, p99Ms: null as number | null };

  constructor(kept?: KeptActivity) {
    if (!kept) return;
    this.requests = kept.requests;
    this.refused = kept.refused;
    this.failed = kept.failed;
    this.forms = kept.forms;
    this.askedAnyway = kept.askedAnyway;
    this.lastAt = kept.lastAt;
    this.times.addAll(kept.buckets);
  }

  request(fate: 'good' | 'refused' | 'failed', milliseconds: number): void {
    this.requests += 1;
    if (fate === 'refused') this.refused += 1;
    if (fate === 'failed') this.failed += 1;
    this.times.add(milliseconds);
    this.isNew = true;
  }

  /** 50 and 99 of 100 times, found anew only where the counts have grown. */
  quantiles(): { readonly p50Ms: number | null; readonly p99Ms: number | null } {
    const { requests, times } = this;
    if (this.#quantiles.requests !== requests) {
      this.#quantiles = { requests, p50Ms: times.quantile(0.5), p99Ms: times.quantile(0.99) };
    }
    return this.#quantiles;
  }

  judged(day: string): JudgedDay {
    const { requests, refused, failed, forms, askedAnyway, lastAt } = this;
    return { day, requests, refused, failed, forms, askedAnyway, lastAt, p99Ms: this.quantiles().p99Ms };
  }

  heard(now: number): void {
    this.lastAt = now;
    this.isNew = true;
  }

  form(askedAnyway: number): void {
    this.forms += 1;
    this.askedAnyway += askedAnyway;
    this.isNew = true;
  }

  kept(scope: ActivityScope, code: string, day: string): KeptActivity {
    const { requests, refused, failed, forms, askedAnyway, lastAt } = this;
    return {
      scope,
      code,
      day,
      requests,
      refused,
      failed,
      forms,
      askedAnyway,
      lastAt,
      buckets: this.times.kept(),
    };
  }
}
