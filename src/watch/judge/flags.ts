import type { Limits } from '../../config/limits.ts';
import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import type { ActivityScope, JudgedDay } from '../series/activity.ts';
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
export type Days = readonly JudgedDay[];

/**
 * Names what was slow, silent, failing, refused or asking for papers on its last day with data up to `now`. `all` holds the remembered
 * days of everything in one scope, by code. Sorted by days, the longest first.
 */
export function flagsIn(scope: ActivityScope, all: ReadonlyMap<string, Days>, now: number): readonly Flag[] {
  const today = vietNamDay(now);
  const flags: Flag[] = [];
  const silences = new Silences(all, now);
  for (const [code, days] of all) {
    const silence = silences.of(code);
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
      const run = runOf(days, valueOf, limit);
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
  readonly valueOf: (day: JudgedDay) => number | null;
}

const slow = (limit: number): Measure => ({
  reason: 'SLOW',
  limit,
  valueOf: (day) => (isEnough(day) ? day.p99Ms : null),
});
const share = (reason: FlagReason, name: 'refused' | 'failed', limit: number): Measure => ({
  reason,
  limit,
  valueOf: (day) => (isEnough(day) ? Math.round((1_000 * day[name]) / day.requests) / 10 : null),
});
const OF_UNITS: readonly Measure[] = [
  slow(LEVEL_LIMITS.unitSlow.value),
  share('REFUSED', 'refused', FLAG_LIMITS.refused.value),
  {
    reason: 'ASKS_ANYWAY',
    limit: 1,
    valueOf: ({ forms, askedAnyway }) => (forms + askedAnyway > 0 ? askedAnyway : null),
  },
];
const MEASURES: Readonly<Record<ActivityScope, readonly Measure[]>> = {
  register: [slow(LEVEL_LIMITS.registerSlow.value), share('FAILING', 'failed', FLAG_LIMITS.failed.value)],
  office: OF_UNITS,
  province: OF_UNITS,
  commune: OF_UNITS,
  gateway: [],
};

function isEnough({ requests }: JudgedDay): boolean {
  return requests >= FLAG_LIMITS.leastRequests.value;
}

/** The last days whose values reach the limit, without a day between them that is below it. Days without a value say nothing. */
function runOf(days: Days, valueOf: Measure['valueOf'], limit: number): Days {
  const run: JudgedDay[] = [];
  for (let at = days.length - 1; at >= 0; at -= 1) {
    const day = days[at] as JudgedDay;
    const value = valueOf(day);
    if (value === null) continue;
    if (value < limit) break;
    run.unshift(day);
  }
  return run;
}

/** Days since the last sign of life of everything in a scope, and which of them are a fault. */
class Silences {
  readonly #days = new Map<string, number>();
  readonly #sorted: Float64Array;

  constructor(all: ReadonlyMap<string, Days>, now: number) {
    for (const [code, days] of all) {
      const last = days.reduce((latest, { lastAt }) => Math.max(latest, lastAt ?? 0), 0);
      if (last > 0) this.#days.set(code, (now - last) / DAY_MS);
    }
    this.#sorted = Float64Array.from(this.#days.values()).sort();
  }

  /** Days of silence where that is a fault; else null. */
  of(code: string): number | null {
    const own = this.#days.get(code);
    if (own === undefined || own < FLAG_LIMITS.silent.value) return null;
    // Whatever fell silent long before this one did is no measure for it, and neither is it itself.
    const peers = this.#fewerThan(own + 1) - 1;
    const active = this.#fewerThan(FLAG_LIMITS.silent.value);
    return peers > 0 && 100 * active >= FLAG_LIMITS.activePeers.value * peers ? own : null;
  }

  /** Number of those that were silent for fewer days. */
  #fewerThan(days: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? 0) < days) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}
