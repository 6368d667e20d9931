import type { Limits } from '../../config/limits.ts';
import { recall } from '../access/bounded.ts';
import { severityBy, suspect, type Pattern } from '../suspicion/pattern.ts';

export const DRIP_LIMITS = {
  days: { value: 28, unit: 'days', why: 'The longest while over which strangers are added up.' },
  deviations: { value: 4, unit: 'deviations', why: 'Beyond what chance makes of the usual number.' },
  least: { value: 6, unit: 'persons', why: 'Fewer strangers are never a drip.' },
  strangers: { value: 400, unit: 'persons', why: 'Remembered of one officer.' },
  officers: { value: 20_000, unit: 'officers', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

const SPANS = [3, 7, 14, DRIP_LIMITS.days.value];

interface Dripping {
  /** The last answer about each stranger, with its day. */
  readonly strangers: Map<string, { readonly day: number; readonly id: string }>;
  readonly days: Set<number>;
}

type State = Map<string, Dripping>;

/** A few strangers a day, for days or weeks: more of them together than peers have. */
export const slowDrip: Pattern<State> = {
  name: 'slow-drip',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, reasons, day, usual } = judged;
    if (answer.kind !== 'agency' || answer.isSystem) return [];
    const { strangers, days } = recall(state, answer.actor, DRIP_LIMITS.officers.value, (): Dripping => {
      return { strangers: new Map(), days: new Set() };
    });
    days.add(day);
    let isNew = false;
    answer.accesses.forEach(({ subject }, place) => {
      if (reasons[place] !== null) return;
      if (!strangers.has(subject.key) && strangers.size < DRIP_LIMITS.strangers.value) {
        strangers.set(subject.key, { day, id: answer.id });
        isNew = true;
      }
    });
    if (!isNew) return [];
    const rate = rateOf(usual.peers('strangers'));
    for (const span of SPANS) {
      const recent = [...strangers.values()].filter((one) => one.day > day - span);
      const atWork = [...days].filter((one) => one > day - span).length;
      const spread = new Set(recent.map((one) => one.day)).size;
      const expected = rate.mean * atWork;
      const bound = Math.max(
        DRIP_LIMITS.least.value,
        expected + DRIP_LIMITS.deviations.value * Math.sqrt(expected * rate.dispersion) + 1,
      );
      // On fewer than three days it is no drip; a drain has a pattern of its own.
      if (recent.length <= bound || spread < 3) continue;
      return [
        suspect('slow-drip', judged, {
          observed: recent.length,
          usual: Math.round(expected),
          severity: severityBy('medium', recent.length / bound, 1.5, 4),
          evidence: recent.map(({ id }) => id),
        }),
      ];
    }
    return [];
  },
  endDay(state, day) {
    const from = day - DRIP_LIMITS.days.value;
    for (const [actor, { strangers, days }] of state) {
      for (const [key, one] of strangers) if (one.day <= from) strangers.delete(key);
      for (const one of days) if (one <= from) days.delete(one);
      if (days.size === 0) state.delete(actor);
    }
  },
};

/** Mean strangers of a day at work, without the top twentieth that a drip of others would have; and how far counts spread beyond chance. */
function rateOf(values: readonly number[]): { readonly mean: number; readonly dispersion: number } {
  const kept = values.toSorted((one, other) => one - other).slice(0, Math.ceil(values.length * 0.95));
  if (kept.length === 0) return { mean: 0.3, dispersion: 1.5 };
  const mean = Math.max(0.1, kept.reduce((sum, one) => sum + one, 0) / kept.length);
  const variance = kept.reduce((sum, one) => sum + (one - mean) ** 2, 0) / kept.length;
  return { mean, dispersion: Math.min(3, Math.max(1, variance / mean)) };
}
