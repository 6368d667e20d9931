import type { Limits } from '../../config/limits.ts';
import { vietNamDay } from '../../log-format/viet-nam-time.ts';
import { byLevel, levelOfRegister, LEVEL_LIMITS, worstLevel, type Level } from '../judge/level.ts';
import type { ActivitySeries } from '../series/activity-series.ts';
import type { LiveFeed } from './live-feed.ts';
import type { LiveGateway, LiveRegister, LiveState } from './live-state.ts';
import { medianOf, percentOf, secondsBetween } from './figures.ts';
import type { LiveFlags } from './live-flags.ts';
import type { LiveSources } from './live-sources.ts';
import { liveCommunes, liveOffices, liveProvinces, levelCounts } from './live-units.ts';
import { WINDOW_SECONDS } from './rolling-window.ts';

export const LIVE_STATE_LIMITS = {
  shown: {
    value: 50,
    unit: 'units',
    why: 'Communes and offices of a frame, the worst first: a wall screen shows no more, and all are counted.',
  },
  witnessTrouble: {
    value: 300_000,
    unit: 'ms',
    why: 'A failed cosignature is shown for so long: the next one is asked for every few seconds.',
  },
  indexLag: {
    value: 10_000,
    unit: 'entries',
    why: 'From here on an auditor finds answers later than promised.',
  },
} as const satisfies Limits;

/** Builds the state of this moment. It takes well under a millisecond but for the flags, which change slowly and are kept a while. */
export function buildLiveState(
  sources: LiveSources,
  feed: LiveFeed,
  series: ActivitySeries,
  flags: LiveFlags,
): LiveState {
  const now = sources.now();
  const provinces = liveProvinces(series, now);
  const communes = liveCommunes(series, now);
  const offices = liveOffices(series, now, sources.officeOf);
  const shown = LIVE_STATE_LIMITS.shown.value;
  return {
    at: new Date(now).toISOString(),
    instance: sources.instance,
    day: vietNamDay(now),
    windowSeconds: WINDOW_SECONDS,
    registers: liveRegisters(sources, feed, series, now),
    gateway: liveGateway(sources, feed, series, now),
    provinces,
    communes: communes.slice(0, shown),
    offices: offices.slice(0, shown),
    levels: levelCounts(provinces, communes),
    flags: flags.at(now),
  };
}

function liveRegisters(
  { registerNames, circuitOf }: LiveSources,
  feed: LiveFeed,
  series: ActivitySeries,
  now: number,
): readonly LiveRegister[] {
  const { registers } = feed.figures();
  const seen = [...registers].map(([register, window]) => ({
    register,
    counts: window.counts(now),
    today: series.today('register').get(register),
    circuit: circuitOf(register),
  }));
  return seen
    .map(({ register, counts, today, circuit }): LiveRegister => {
      // A quiet minute says nothing of its own: then the day counts.
      const isQuiet = counts.count < LEVEL_LIMITS.leastRequests.value;
      const judged =
        isQuiet && today
          ? { requests: today.requests, refused: 0, failed: today.failed, p99Ms: today.quantiles().p99Ms }
          : { requests: counts.count, refused: 0, failed: counts.failed, p99Ms: counts.p99Ms };
      const lastAt = series.lastAt('register', register);
      return {
        register,
        name: registerNames.get(register) ?? register,
        level: levelOfRegister(judged, circuit),
        circuit: circuit.toUpperCase().replaceAll('-', '_'),
        ratePerSecond: counts.ratePerSecond,
        p50Ms: counts.p50Ms,
        p99Ms: counts.p99Ms,
        peersP99Ms: medianOf(seen.flatMap((one) => (one.register === register ? [] : [one.counts.p99Ms]))),
        limitMs: LEVEL_LIMITS.registerSlow.value,
        failedPercent: percentOf(counts.failed, counts.count),
        callsToday: today?.requests ?? 0,
        failedToday: today?.failed ?? 0,
        ageSeconds: lastAt === null ? null : secondsBetween(lastAt, now),
      };
    })
    .sort(byLevel);
}

function liveGateway(sources: LiveSources, feed: LiveFeed, series: ActivitySeries, now: number): LiveGateway {
  const figures = feed.figures();
  const counts = figures.answers.counts(now);
  const cache = figures.cache.counts(now);
  const today = series.today('gateway').get('');
  const troubleAt = figures.witnessTroubleAt;
  const hasTrouble = troubleAt !== null && now - troubleAt < LIVE_STATE_LIMITS.witnessTrouble.value;
  const isLogHealthy = sources.isLogHealthy();
  const failedPercent = percentOf(counts.failed, counts.count);
  const levels: readonly Level[] = [
    isLogHealthy ? 'GREEN' : 'RED',
    (failedPercent ?? 0) >= LEVEL_LIMITS.failedRed.value ? 'RED' : 'GREEN',
    (failedPercent ?? 0) >= LEVEL_LIMITS.failedYellow.value ? 'YELLOW' : 'GREEN',
    sources.hasWitness && hasTrouble ? 'YELLOW' : 'GREEN',
    figures.cacheAlarms > 0 ? 'YELLOW' : 'GREEN',
    figures.indexLag >= LIVE_STATE_LIMITS.indexLag.value ? 'YELLOW' : 'GREEN',
  ];
  return {
    level: worstLevel(levels),
    inFlight: figures.inFlight,
    ratePerSecond: counts.ratePerSecond,
    p50Ms: counts.p50Ms,
    p99Ms: counts.p99Ms,
    failedPercent,
    answersToday: today?.requests ?? 0,
    refusedToday: today?.refused ?? 0,
    failedToday: today?.failed ?? 0,
    formsToday: today?.forms ?? 0,
    cacheHitPercent: percentOf(cache.count - cache.failed, cache.count),
    cacheAlarms: figures.cacheAlarms,
    entriesPerSecond: figures.entries.counts(now).ratePerSecond,
    isLogHealthy,
    indexLag: figures.indexLag,
    witness: sources.hasWitness ? (hasTrouble ? 'TROUBLE' : 'GOOD') : 'NONE',
    quotaRefusals: figures.codes.get('QUOTA_EXCEEDED') ?? 0,
    overloads: figures.codes.get('OVERLOADED') ?? 0,
    codes: [...figures.codes]
      .map(([code, answers]) => ({ code, answers }))
      .sort((one, other) => other.answers - one.answers || (one.code < other.code ? -1 : 1)),
  };
}
