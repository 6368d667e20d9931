import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall } from '../access/bounded.ts';
import { MINUTE_MS } from '../access/watch-time.ts';
import { severityBy, suspect, type Pattern, type Suspicion } from '../suspicion/pattern.ts';

export const SAME_PERSON_LIMITS = {
  visit: {
    value: 15,
    unit: 'minutes',
    why: 'Looks of one officer at one person within so long are one visit.',
  },
  visits: {
    value: 10,
    unit: 'visits',
    why: 'By all officers of a client on one day, where there is a dossier.',
  },
  unexplained: { value: 4, unit: 'visits', why: 'The same without any reason, or by four officers.' },
  persons: { value: 100_000, unit: 'persons', why: 'Those looked at last are remembered for the day.' },
} as const satisfies Limits;

interface Visit {
  readonly id: string;
  readonly actor: string;
  readonly isExplained: boolean;
  last: number;
}

interface Seen {
  readonly day: number;
  readonly visits: Visit[];
}

type State = Map<string, Seen>;

/** One person looked at again and again in one day, beyond what a dossier needs. */
export const samePerson: Pattern<State> = {
  name: 'same-person',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, reasons, day } = judged;
    if (answer.kind !== 'agency' || answer.isSystem) return [];
    const found: Suspicion[] = [];
    answer.accesses.forEach(({ subject, outcome }, place) => {
      const reason = reasons[place];
      if (reason === undefined || reason === 'reached-by-grant' || outcome !== 'disclosed') return;
      const key = `${answer.client} ${subject.key}`;
      if (state.get(key)?.day !== day) state.delete(key);
      const { visits } = recall(state, key, SAME_PERSON_LIMITS.persons.value, (): Seen => ({
        day,
        visits: [],
      }));
      if (!isNewVisit(visits, answer.actor, answer.time, answer.id, reason !== null)) return;
      const unexplained = visits.filter(({ isExplained }) => !isExplained).length;
      const isMuch =
        visits.length >= SAME_PERSON_LIMITS.visits.value ||
        unexplained >= SAME_PERSON_LIMITS.unexplained.value;
      if (!isMuch) return;
      found.push(
        suspect('same-person', judged, {
          about: key,
          observed: visits.length,
          usual: 1,
          severity: severityBy('medium', visits.length, 20),
          evidence: visits.map(({ id }) => id),
        }),
      );
    });
    return found;
  },
  endDay(state, day) {
    for (const [key, seen] of state) if (seen.day < day) state.delete(key);
  },
};

function isNewVisit(visits: Visit[], actor: string, time: number, id: string, isExplained: boolean): boolean {
  const open = visits.find(
    (one) => one.actor === actor && time - one.last < SAME_PERSON_LIMITS.visit.value * MINUTE_MS,
  );
  if (open) {
    open.last = time;
    return false;
  }
  appendUpTo(visits, { id, actor, isExplained, last: time }, 60);
  return true;
}
