import type { Limits } from '../../config/limits.ts';
import { appendUpTo, recall } from '../access/bounded.ts';
import { percentile } from '../baseline/statistics.ts';
import { severityBy, suspect, type Pattern, type Suspicion } from '../suspicion/pattern.ts';

export const STRANGER_LIMITS = {
  strangers: { value: 3, unit: 'persons', why: 'The third person of a dossier who is no party of it.' },
  parties: {
    value: 40,
    unit: 'persons',
    why: 'A dossier about more persons is looked at, unless its kind has as many.',
  },
  cases: { value: 50_000, unit: 'dossiers', why: 'Those used last are remembered.' },
  sizes: { value: 500, unit: 'dossiers', why: 'Of one client and purpose, the sizes of the last ones.' },
  groups: { value: 5_000, unit: 'groups', why: 'Clients and purposes; those used last are remembered.' },
} as const satisfies Limits;

interface Dossier {
  /** Client and purpose. */
  readonly group: string;
  readonly strangers: Map<string, string>;
  readonly persons: Map<string, string>;
  day: number;
}

interface State {
  readonly cases: Map<string, Dossier>;
  /** Persons of a dossier when it was last used, by client and purpose. */
  readonly sizes: Map<string, number[]>;
}

/** A dossier in whose name ever new persons are looked at. */
export const everNewStrangers: Pattern<State> = {
  name: 'ever-new-strangers',
  begin: () => ({ cases: new Map(), sizes: new Map() }),
  note(state, judged) {
    const { answer, reasons, day } = judged;
    if (answer.kind !== 'agency') return [];
    const found: Suspicion[] = [];
    const group = `${answer.client}\n${answer.purpose}`;
    answer.accesses.forEach(({ subject, cases }, place) => {
      const reason = reasons[place];
      if (reason === undefined || reason === 'reached-by-grant') return;
      for (const caseId of cases) {
        const key = `${answer.client} ${caseId}`;
        const dossier = recall(state.cases, key, STRANGER_LIMITS.cases.value, (): Dossier => {
          return { group, strangers: new Map(), persons: new Map(), day };
        });
        dossier.day = day;
        if (dossier.persons.size < 500) dossier.persons.set(subject.key, answer.id);
        if (reason === null) dossier.strangers.set(subject.key, answer.id);
        const isStrange = reason === null && dossier.strangers.size >= STRANGER_LIMITS.strangers.value;
        const sizes = state.sizes.get(group) ?? [];
        if (!isStrange && !isCrowd(dossier.persons.size, sizes)) continue;
        const among = isStrange ? dossier.strangers : dossier.persons;
        found.push(
          suspect('ever-new-strangers', judged, {
            about: key,
            observed: among.size,
            usual: isStrange ? 0 : Math.round(percentile(sizes, 0.5)),
            severity: isStrange
              ? severityBy('medium', among.size, 6, 15)
              : severityBy('high', among.size, 200),
            evidence: [...among.values()],
          }),
        );
      }
    });
    return found;
  },
  endDay(state, day) {
    for (const dossier of state.cases.values()) if (dossier.day === day) noteSize(state, dossier);
  },
};

function isCrowd(persons: number, sizes: readonly number[]): boolean {
  const least = STRANGER_LIMITS.parties.value;
  return persons > least && persons > 2.5 * percentile(sizes, 0.99);
}

/** Each dossier counts with its size of the day. */
function noteSize({ sizes }: State, { group, persons }: Dossier): void {
  const list = recall(sizes, group, STRANGER_LIMITS.groups.value, () => []);
  appendUpTo(list, Math.min(persons.size, STRANGER_LIMITS.parties.value * 2), STRANGER_LIMITS.sizes.value);
}
