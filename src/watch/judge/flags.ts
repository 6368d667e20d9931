import type { Limits } from '../../config/limits.ts';
import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import type { ActivityScope, KeptActivity } from '../series/activity.ts';
import { LatencyHistogram } from '../series/latency-histogram.ts';
import { LEVEL_LIMITS } from './level.ts';

/** Why something is named: it was slow, fell silent, failed, was refused too often, or asks for papers that data has answered. */
export type FlagReason = 'SILENT' | 'FAILING' | 'SLOW' | 'REFUSED' | 'ASKS_ANYWAY';

/** A register, office or unit that is named. */
export interface Flag {
  readonly scope: ActivityScope;
  readonly code: string;
  readonly reason: FlagReason;
  /** First day of Viet Nam for which it holds without a break. */
  readonly since: string;
  /** Days from then on, this day included. */
  readonly days: number;
  /** The measured value and the limit: milliseconds, percent, days or papers. */
  readonly value: number;
  readonly limit: number;
}

export const FLAG_LIMITS = {
  leastRequests: { value: 20, unit: 'requests', why: 'A day with fewer of them says nothing about a unit.' },
  refused: {
    value: 50,
    unit: '%',
    why: 'A unit of whose requests more are refused asks for what it may not have.',
  },
  failed: { value: 10, unit: '%', why: 'A register of whose calls more fail is failing.' },
  silent: {
    value: 1,
    unit: 'days',
    why: 'Whatever was active before and asks nothing for so long is named.',
  },
  activePeers: {
    value: 50,
    unit: '%',
    why: 'Silence is a fault only while at least so many of the others were active: on holidays nobody is named.',
  },
} as const satisfies Limits;

const DAY_MS = 86_400_000;

/** The days of one thing, oldest first; the last one may be today. */
export type Days = readonly KeptActivity[];

/**
 * Names what was slow, silent, failing, refused or asking for papers on its last day with data up to `now`. `all` holds the remembered
 * days of everything in one scope, by code. Sorted by days, the longest first.
 */
export function flagsIn(scope: ActivityScope, all: ReadonlyMap<string, Days>, now: number): readonly Flag[] {
  const today = vietNamDay(now);
  const flags: Flag[] = [];
  for (const [code, days] of all) {
    const silence = silenceOf(code, all, now);
    if (silence !== null) {
      const since = vietNamDay(now - silence * DAY_MS);
      flags.push({
        scope,
        code,
        reason: 'SILENT',
        since,
        days: Math.floor(silence),
        value: Math.floor(silence),
        limit: FLAG_LIMITS.silent.value,
      });
      continue;
    }
    for (const { reason, limit, valueOf } of MEASURES[scope]) {
      const run = runOf(days, (day) => (valueOf(day) ?? -1) >= limit);
      const last = run.at(-1);
      // A fault of last week is not one of today.
      if (!last || daysBetween(last.day, today) > 1) continue;
      const since = run[0]?.day ?? last.day;
      flags.push({
        scope,
        code,
        reason,
        since,
        days: daysBetween(since, last.day) + 1,
        value: valueOf(last) ?? 0,
        limit,
      });
    }
  }
  return flags.sort((one, other) => other.days - one.days || (one.code < other.code ? -1 : 1));
}

interface Measure {
  readonly reason: FlagReason;
  readonly limit: number;
  /** The day's value; null where it says nothing. */
  readonly valueOf: (day: KeptActivity) => number | null;
}

const slow = (limit: number): Measure => ({
  reason: 'SLOW',
  limit,
  valueOf: (day) => (isEnough(day) ? p99Of(day) : null),
});
const share = (reason: FlagReason, name: 'refused' | 'failed', limit: number): Measure => ({
  reason,
  limit,
  valueOf: (day) => (isEnough(day) ? Math.round((1_000 * day[name]) / day.requests) / 10 : null),
});
const OF_UNITS: readonly Measure[] = [
  slow(LEVEL_LIMITS.unitSlow.value),
  share('REFUSED', 'refused', FLAG_LIMITS.refused.value),
  { reason: 'ASKS_ANYWAY', limit: 1, valueOf: ({ askedAnyway }) => (askedAnyway > 0 ? askedAnyway : null) },
];
const MEASURES: Readonly<Record<ActivityScope, readonly Measure[]>> = {
  register: [slow(LEVEL_LIMITS.registerSlow.value), share('FAILING', 'failed', FLAG_LIMITS.failed.value)],
  office: OF_UNITS,
  province: OF_UNITS,
  commune: OF_UNITS,
  gateway: [],
};

/** 99 of 100 times of the day, in milliseconds. */
export function p99Of({ buckets }: Pick<KeptActivity, 'buckets'>): number | null {
  const times = new LatencyHistogram();
  times.addAll(buckets);
  return times.quantile(0.99);
}

function isEnough({ requests }: KeptActivity): boolean {
  return requests >= FLAG_LIMITS.leastRequests.value;
}

/** The last days for which it holds, without a day that denies it between them. Days without data say nothing. */
function runOf(days: Days, holds: (day: KeptActivity) => boolean): Days {
  const judged = days.filter((day) => day.requests > 0 || day.forms > 0);
  let from = judged.length;
  while (from > 0 && holds(judged[from - 1] as KeptActivity)) from -= 1;
  return judged.slice(from);
}

/** Days since its last sign of life, where that is a fault; else null. */
function silenceOf(code: string, all: ReadonlyMap<string, Days>, now: number): number | null {
  const silentDays = (days: Days): number | null => {
    const last = days.reduce<number | null>(
      (latest, { lastAt }) => (lastAt !== null && lastAt > (latest ?? 0) ? lastAt : latest),
      null,
    );
    return last === null ? null : (now - last) / DAY_MS;
  };
  const own = silentDays(all.get(code) ?? []);
  if (own === null || own < FLAG_LIMITS.silent.value) return null;
  const peers = [...all].flatMap(([other, days]) => (other === code ? [] : [silentDays(days)]));
  // Whatever fell silent long before this one did is no measure for it.
  const known = peers.filter((one) => one !== null && one < own + 1);
  const active = known.filter((one) => one !== null && one < FLAG_LIMITS.silent.value);
  return known.length > 0 && 100 * active.length >= FLAG_LIMITS.activePeers.value * known.length ? own : null;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
