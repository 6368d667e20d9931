import type { Limits } from '../../config/limits.ts';
import { recall } from '../access/bounded.ts';
import type { Usual } from '../baseline/baselines.ts';
import { median, poissonTail } from '../baseline/statistics.ts';
import { severityBy, suspect, type Pattern } from '../suspicion/pattern.ts';

export const DRIP_LIMITS = {
  days: { value: 28, unit: 'days', why: 'The longest while over which strangers are added up.' },
  chance: {
    value: 2e-5,
    unit: 'probability',
    why: 'So rarely chance alone makes as many strangers out of the usual number.',
  },
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
      const reason = reasons[place];
      // A typing error is put right, and a relative who came along becomes a party: then it was no stranger.
      if (reason) strangers.delete(subject.key);
      if (reason !== null || strangers.has(subject.key) || strangers.size >= DRIP_LIMITS.strangers.value)
        return;
      strangers.set(subject.key, { day, id: answer.id });
      isNew = true;
    });
    if (!isNew) return [];
    const rate = rateOf(usual);
    for (const span of SPANS) {
      const recent = [...strangers.values()].filter((one) => one.day > day - span);
      const atWork = [...days].filter((one) => one > day - span).length;
      const spread = new Set(recent.map((one) => one.day)).size;
      const expected = rate * atWork;
      // On fewer than three days it is no drip; a drain has a pattern of its own.
      if (recent.length < DRIP_LIMITS.least.value || spread < 3) continue;
      if (poissonTail(recent.length, expected) > DRIP_LIMITS.chance.value) continue;
      return [
        suspect('slow-drip', judged, {
          observed: recent.length,
          usual: Math.round(expected),
          severity: severityBy('medium', recent.length / Math.max(5, expected), 3, 10),
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

/**
 * Strangers that a day at work brings: the peers' mean without its top twentieth, where a drip of others would be, and more for an officer
 * who has more to do.
 */
function rateOf(usual: Usual): number {
  const values = usual.peers('strangers').toSorted((one, other) => one - other);
  const kept = values.slice(0, Math.ceil(values.length * 0.95));
  if (kept.length === 0) return 0.5;
  const mean = kept.reduce((sum, one) => sum + one, 0) / kept.length;
  const own = median(usual.own('persons'));
  const peers = Math.max(1, median(usual.peers('persons')));
  return Math.max(0.15, mean * Math.min(3, Math.max(1, own / peers)));
}
