import type { Limits } from '../../config/limits.ts';
import { recall } from '../access/bounded.ts';
import { median, percentile } from '../baseline/statistics.ts';
import { suspect, type Pattern } from '../suspicion/pattern.ts';
import { BATCH_DRAIN_LIMITS } from './drain-by-batches.ts';

export const UNDER_LIMITS = {
  near: { value: 0.5, unit: 'share of the limit', why: 'From here on a day is near the limit.' },
  days: { value: 3, unit: 'days', why: 'So many days near the limit within a week.' },
  week: { value: 7, unit: 'days', why: 'The days among which those near the limit are counted.' },
  officers: { value: 20_000, unit: 'officers', why: 'Those near a limit last are remembered.' },
} as const satisfies Limits;

interface Near {
  /** Answer that took the day over the line. */
  readonly days: Map<number, string>;
}

type State = Map<string, Near>;

/** Day after day nearly as many persons as would raise an alert, while peers are far from it: somebody knows the limit. */
export const underLimits: Pattern<State> = {
  name: 'under-limits',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, today, usual, day } = judged;
    const least = BATCH_DRAIN_LIMITS.day.value * UNDER_LIMITS.near.value;
    if (answer.kind !== 'agency' || today.loose.size < least) return [];
    const limit = usual.bound('loose', BATCH_DRAIN_LIMITS.day.value);
    const line = limit * UNDER_LIMITS.near.value;
    const count = today.loose.size;
    if (count < line || percentile(usual.peers('loose'), 0.9) >= line * 0.8) return [];
    // Colleagues who are as near today are on a campaign.
    if (median(judged.colleagues('loose')) >= line * 0.5) return [];
    const { days } = recall(
      state,
      `${answer.actor}\n${answer.purpose}`,
      UNDER_LIMITS.officers.value,
      (): Near => {
        return { days: new Map() };
      },
    );
    if (days.has(day)) return [];
    days.set(day, answer.id);
    for (const one of days.keys()) if (one <= day - UNDER_LIMITS.week.value) days.delete(one);
    if (days.size < UNDER_LIMITS.days.value) return [];
    return [
      suspect('under-limits', judged, {
        observed: count,
        usual: Math.round(median(usual.peers('loose'))),
        severity: 'high',
        evidence: [...days.values()],
      }),
    ];
  },
};
