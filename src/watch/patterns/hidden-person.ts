import type { Limits } from '../../config/limits.ts';
import { FINDING_PLACES } from '../../policy/row-rules/caller-findings.ts';
import { recall } from '../access/bounded.ts';
import { DAY_MS } from '../access/watch-time.ts';
import { addAct, idsOf, weightOf, type ActWindow } from '../suspicion/act-window.ts';
import { severityBy, suspect, type Pattern, type Suspicion } from '../suspicion/pattern.ts';

export const HIDDEN_LIMITS = {
  window: { value: 14, unit: 'days', why: 'Refusals about one person are added up over so long.' },
  weight: { value: 3, unit: 'refusals', why: 'Three refusals that no dossier explains, by any officers.' },
  persons: { value: 50_000, unit: 'persons', why: 'Those hidden and asked for last are remembered.' },
} as const satisfies Limits;

const WEIGHTS = { unexplained: 1, party: 0.3 };
/** Rules that hide a person from everybody, not one officer from the own kin. */
const HIDING: ReadonlySet<string> = new Set(['protected', 'territory', 'deceased', 'minor']);

type State = Map<string, ActWindow>;

/** Ask after ask about a person whom a rule hides, whoever asks. One dossier and officer count once a day. */
export const hiddenPerson: Pattern<State> = {
  name: 'hidden-person',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, day } = judged;
    const found: Suspicion[] = [];
    answer.accesses.forEach(({ subject, outcome, rule, findings, cases }) => {
      if (outcome !== 'denied' || rule === null || !HIDING.has(rule) || subject.kind !== 'person') return;
      const isParty = findings?.[FINDING_PLACES.party] === '1';
      const isMet = findings?.[FINDING_PLACES.grant] === '1';
      // Whom a grant leads to was not asked for.
      if (isMet) return;
      const acts = recall(state, subject.key, HIDDEN_LIMITS.persons.value, (): ActWindow => []);
      const weight = isParty ? WEIGHTS.party : WEIGHTS.unexplained;
      const key = isParty
        ? `${answer.client} ${cases.join(' ')} ${day}`
        : `${answer.actor} ${Math.floor(answer.time / 120_000)}`;
      addAct(acts, { id: answer.id, time: answer.time, weight, key }, HIDDEN_LIMITS.window.value * DAY_MS);
      const sum = weightOf(acts);
      if (sum < HIDDEN_LIMITS.weight.value) return;
      found.push(
        suspect('hidden-person', judged, {
          about: subject.key,
          observed: acts.length,
          usual: 0,
          // Protection is about lives.
          severity: severityBy(rule === 'protected' ? 'high' : 'medium', sum, 6, 20),
          evidence: idsOf(acts),
        }),
      );
    });
    return found;
  },
};
