import type { ActivityObserver, OfficePlace } from '../../telemetry/activity-observer.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import type { Activity } from '../series/activity.ts';
import type { ActivitySeries } from '../series/activity-series.ts';
import { RollingWindow } from './rolling-window.ts';

/** The newest of what telemetry has seen. */
export interface LiveFigures {
  readonly answers: RollingWindow;
  readonly cache: RollingWindow;
  readonly entries: RollingWindow;
  readonly registers: ReadonlyMap<string, RollingWindow>;
  /** Answers of today by their code; OK where none. */
  readonly codes: ReadonlyMap<string, number>;
  readonly inFlight: number;
  readonly cacheAlarms: number;
  readonly indexLag: number;
  /** Last trouble with the witness, milliseconds since 1970; null where there was none. */
  readonly witnessTroubleAt: number | null;
}

/** The feed of the live state: it sees what the metrics see, and the offices beside them. */
export interface LiveFeed {
  /** Counts for the live state, then passes on. */
  readonly metrics: Metrics;
  readonly activity: ActivityObserver;
  readonly figures: () => LiveFigures;
}

/** Listens to the metrics of a gateway with these registers. Nothing here waits, and nothing can fail a request. */
export function buildLiveFeed(
  metrics: Metrics,
  series: ActivitySeries,
  registers: readonly string[],
  now: () => number,
): LiveFeed {
  const answers = new RollingWindow();
  const cache = new RollingWindow();
  const entries = new RollingWindow();
  const ofRegister = new Map(registers.map((name) => [name, new RollingWindow()]));
  const codes = new Map<string, number>();
  let codesDay = series.day;
  let inFlight = 0;
  let cacheAlarms = 0;
  let indexLag = 0;
  let witnessTroubleAt: number | null = null;

  const countCode = (code: string): void => {
    if (codesDay !== series.day) {
      codes.clear();
      codesDay = series.day;
    }
    codes.set(code, (codes.get(code) ?? 0) + 1);
  };

  return {
    metrics: {
      ...metrics,
      answer(status, code) {
        metrics.answer(status, code);
        countCode(code);
      },
      registerCall(register, outcome, milliseconds, items) {
        metrics.registerCall(register, outcome, milliseconds, items);
        const at = now();
        const failed = outcome !== 'OK';
        ofRegister.get(register)?.add(at, { failed, milliseconds });
        const day = series.of('register', register);
        day.request(failed ? 'failed' : 'good', milliseconds);
        if (!failed) day.heard(at);
      },
      cacheHits(count) {
        metrics.cacheHits(count);
        if (count > 0) cache.add(now(), { count });
      },
      cacheMisses(count) {
        metrics.cacheMisses(count);
        if (count > 0) cache.add(now(), { count, failed: true });
      },
      cacheAlarm(alarm) {
        metrics.cacheAlarm(alarm);
        cacheAlarms += 1;
      },
      logEntries(count) {
        metrics.logEntries(count);
        entries.add(now(), { count });
      },
      witnessTrouble(code) {
        metrics.witnessTrouble(code);
        witnessTroubleAt = now();
      },
      indexLag(count) {
        metrics.indexLag(count);
        indexLag = count;
      },
      inFlight(change) {
        metrics.inFlight(change);
        inFlight += change;
      },
    },
    activity: {
      answered({ status, milliseconds, ...place }) {
        const at = now();
        const fate = status >= 500 ? 'failed' : status === 200 ? 'good' : 'refused';
        answers.add(at, { failed: fate === 'failed', milliseconds });
        for (const one of [series.of('gateway', ''), ...activitiesOf(series, place)]) {
          one.request(fate, milliseconds);
          one.heard(at);
        }
      },
      formFilled({ askedAnyway, ...place }) {
        for (const one of [series.of('gateway', ''), ...activitiesOf(series, place)]) one.form(askedAnyway);
      },
    },
    figures: () => ({
      answers,
      cache,
      entries,
      registers: ofRegister,
      codes,
      inFlight,
      cacheAlarms,
      indexLag,
      witnessTroubleAt,
    }),
  };
}

function activitiesOf(
  series: ActivitySeries,
  { office, province, commune }: OfficePlace,
): readonly Activity[] {
  const found: Activity[] = [];
  if (office !== null) found.push(series.of('office', office));
  if (province !== null) found.push(series.of('province', province));
  if (commune !== null) found.push(series.of('commune', commune));
  return found;
}
