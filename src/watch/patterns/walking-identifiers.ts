import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall } from '../access/bounded.ts';
import { MINUTE_MS } from '../access/watch-time.ts';
import {
  severityBy,
  suspect,
  type JudgedAnswer,
  type Pattern,
  type Suspicion,
} from '../suspicion/pattern.ts';

export const WALKING_LIMITS = {
  distance: { value: 10, unit: 'numbers', why: 'Two identifiers no further apart are neighbours.' },
  window: { value: 120, unit: 'minutes', why: 'A walk is looked for among the identifiers of so long.' },
  remembered: { value: 60, unit: 'identifiers', why: 'Of one officer, the last ones.' },
  officers: { value: 20_000, unit: 'officers', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

/**
 * An identifier that was asked for. A person with a reason and a dossier of their own is no step of a walk: offices register
 * newborn children one after the other, whose numbers are neighbours.
 */
interface Step {
  readonly id: string;
  readonly time: number;
  readonly kind: string;
  readonly key: string;
  readonly number: number;
  /** Nothing explains it. */
  readonly isOpen: boolean;
  readonly dossier: string;
}

type State = Map<string, Step[]>;

/** Identifiers one beside the other: somebody tries which of them exist, or takes all of them. */
export const walkingIdentifiers: Pattern<State> = {
  name: 'walking-identifiers',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, reasons } = judged;
    const found: Suspicion[] = [];
    answer.accesses.forEach(({ subject, cases, outcome }, place) => {
      const number = Number(/\d{6,15}$/.exec(subject.key)?.[0] ?? NaN);
      if (!Number.isSafeInteger(number) || outcome === 'failed') return;
      if (subject.kind !== 'person' && subject.kind !== 'organisation' && subject.kind !== 'certificate')
        return;
      // What a grant leads to was not chosen by the officer.
      if (reasons[place] === 'reached-by-grant' || reasons[place] === 'own-data') return;
      const isOpen = subject.kind === 'person' ? reasons[place] === null : outcome !== 'disclosed';
      const step: Step = {
        id: answer.id,
        time: answer.time,
        kind: subject.kind,
        key: subject.key,
        number,
        isOpen,
        dossier: cases.join(' '),
      };
      const walk = walkTo(state, judged, step);
      if (walk) found.push(walk);
    });
    return found;
  },
};

function walkTo(state: State, judged: JudgedAnswer, step: Step): Suspicion | null {
  const { actor } = judged.answer;
  const steps = recall(state, actor, WALKING_LIMITS.officers.value, () => []);
  const from = step.time - WALKING_LIMITS.window.value * MINUTE_MS;
  if (steps.some(({ kind, key, time }) => kind === step.kind && key === step.key && time >= from))
    return null;
  const near = chainOf(
    step,
    steps.filter(({ kind, time }) => kind === step.kind && time >= from),
  );
  appendUpTo(steps, step, WALKING_LIMITS.remembered.value);
  const open = near.filter(({ isOpen }) => isOpen).length;
  // Three of which nothing explains, or five of one dossier: triplets and their parents are fewer.
  if (open < 3 && near.length < 5) return null;
  return suspect('walking-identifiers', judged, {
    observed: near.length,
    usual: 1,
    severity: severityBy('high', near.length, 10),
    evidence: near.map(({ id }) => id),
  });
}

/** All steps that are neighbours of this one, or of such a neighbour, and that are open or of one dossier with it. */
function chainOf(last: Step, steps: readonly Step[]): readonly Step[] {
  const chain: Step[] = [last];
  let left = steps.filter(
    (one) => (one.isOpen && last.isOpen) || (one.dossier !== '' && one.dossier === last.dossier),
  );
  for (let at = 0; at < chain.length; at++) {
    const here = chain[at];
    if (!here) break;
    const [near, far] = [true, false].map((wanted) =>
      left.filter(({ number }) => Math.abs(number - here.number) <= WALKING_LIMITS.distance.value === wanted),
    );
    chain.push(...(near ?? []));
    left = far ?? [];
  }
  return chain.toSorted((one, other) => one.time - other.time);
}
