import type { Limits } from '../../config/limits.ts';
import { flagText } from '../judge/flag-text.ts';
import { flagsIn, type Days, type Flag } from '../judge/flags.ts';
import { ACTIVITY_SCOPES, type ActivityScope } from '../series/activity.ts';
import type { ActivitySeries } from '../series/activity-series.ts';
import type { LiveSources } from './live-sources.ts';
import type { LiveFlag } from './live-state.ts';
import { unitName } from './live-units.ts';

export const LIVE_FLAG_LIMITS = {
  kept: {
    value: 30_000,
    unit: 'ms',
    why: 'Flags are about days: they are looked for at this interval, not in every frame.',
  },
  shown: {
    value: 50,
    unit: 'flags',
    why: 'Named on one screen, the longest first; the daily report names all.',
  },
} as const satisfies Limits;

/** Finds what is named, and keeps it for a while. */
export class LiveFlags {
  readonly #series: ActivitySeries;
  readonly #sources: LiveSources;
  #found: readonly LiveFlag[] = [];
  #foundAt = -Infinity;

  constructor(series: ActivitySeries, sources: LiveSources) {
    this.#series = series;
    this.#sources = sources;
  }

  at(now: number): readonly LiveFlag[] {
    if (now - this.#foundAt >= LIVE_FLAG_LIMITS.kept.value) {
      this.#found = this.#look(now);
      this.#foundAt = now;
    }
    return this.#found;
  }

  #look(now: number): readonly LiveFlag[] {
    const flags = ACTIVITY_SCOPES.flatMap((scope) => flagsIn(scope, daysIn(this.#series, scope), now));
    return flags
      .sort((one, other) => other.days - one.days)
      .slice(0, LIVE_FLAG_LIMITS.shown.value)
      .map((flag) => this.#named(flag));
  }

  #named(flag: Flag): LiveFlag {
    const { scope, code } = flag;
    const { registerNames, officeOf } = this.#sources;
    const name =
      scope === 'register'
        ? registerNames.get(code)
        : scope === 'office'
          ? officeOf(code)?.name
          : unitName(scope, code);
    return {
      ...flag,
      scope: scope.toUpperCase() as LiveFlag['scope'],
      name: name ?? code,
      text: flagText(flag),
    };
  }
}

/** The remembered days of everything in a scope, today's last. */
function daysIn(series: ActivitySeries, scope: ActivityScope): ReadonlyMap<string, Days> {
  const today = series.today(scope);
  const all = new Map<string, Days>();
  for (const code of series.codes(scope)) {
    const own = today.get(code);
    const past = series.past(scope, code);
    all.set(code, own ? [...past, own.judged(series.day)] : past);
  }
  return all;
}
