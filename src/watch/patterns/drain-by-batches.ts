import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall } from '../access/bounded.ts';
import { MINUTE_MS } from '../access/watch-time.ts';
import { median, percentile } from '../baseline/statistics.ts';
import { severityBy, suspect, type Pattern } from '../suspicion/pattern.ts';

export const BATCH_DRAIN_LIMITS = {
  day: {
    value: 45,
    unit: 'persons',
    why: 'Loose persons of one officer and day that no peer group has as usual.',
  },
  burst: { value: 30, unit: 'persons', why: 'The same within ten minutes.' },
  batch: {
    value: 10,
    unit: 'persons',
    why: 'A batch with more loose persons is large; three of them are a drain.',
  },
  window: { value: 10, unit: 'minutes', why: 'A burst is counted over so long.' },
  officers: { value: 20_000, unit: 'officers', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

interface Batch {
  readonly id: string;
  readonly time: number;
  readonly count: number;
}

interface Draining {
  day: number;
  batches: Batch[];
}

type State = Map<string, Draining>;

/**
 * Many persons at once, or in a day, who have no reason or share one dossier. Where colleagues do the same today it is a campaign.
 */
export const drainByBatches: Pattern<State> = {
  name: 'drain-by-batches',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, loose, today, usual, day } = judged;
    if (loose.length === 0 || answer.kind !== 'agency') return [];
    const draining = recall(
      state,
      `${answer.actor}\n${answer.purpose}`,
      BATCH_DRAIN_LIMITS.officers.value,
      () => ({
        day,
        batches: [] as Batch[],
      }),
    );
    if (draining.day !== day) Object.assign(draining, { day, batches: [] });
    appendUpTo(draining.batches, { id: answer.id, time: answer.time, count: loose.length }, 200);
    const recent = draining.batches.filter(
      ({ time }) => time >= answer.time - BATCH_DRAIN_LIMITS.window.value * MINUTE_MS,
    );
    const burst = recent.reduce((sum, { count }) => sum + count, 0);
    const { day: ofDay, burst: ofBurst, batch: ofBatch } = BATCH_DRAIN_LIMITS;
    const many = draining.batches.filter(({ count }) => count > ofBatch.value);
    if (today.loose.size <= ofDay.value && burst <= ofBurst.value && many.length < 3) return [];
    // Colleagues who do as much today are on a campaign.
    const campaign = 3 * median(judged.colleagues('loose'));
    const bound = Math.max(usual.bound('loose', BATCH_DRAIN_LIMITS.day.value), campaign);
    const large = Math.max(
      BATCH_DRAIN_LIMITS.batch.value,
      2 * percentile(usual.peers('batch'), 0.99),
      campaign / 3,
    );
    const batches = draining.batches.filter(({ count }) => count > large);
    const isBurst = burst > Math.max(BATCH_DRAIN_LIMITS.burst.value, bound * 0.75, campaign);
    const isDrain = today.loose.size > bound;
    if (!isBurst && !isDrain && batches.length < 3) return [];
    const shown = batches.length >= 3 ? batches : isBurst ? recent : draining.batches;
    const observed = Math.max(today.loose.size, burst);
    return [
      suspect('drain-by-batches', judged, {
        observed,
        usual: Math.round(median(usual.peers('loose'))),
        severity: severityBy('high', observed / Math.max(1, bound), 2),
        evidence: shown.toSorted((one, other) => other.count - one.count).map(({ id }) => id),
      }),
    ];
  },
  endDay(state, day) {
    for (const [key, draining] of state) if (draining.day < day) state.delete(key);
  },
};
