import type { Limits } from '../../config/limits.ts';
import { FINDING_PLACES, type FindingName } from '../../policy/row-rules/caller-findings.ts';
import { recall } from '../access/bounded.ts';
import { DAY_MS } from '../access/watch-time.ts';
import { addAct, idsOf, weightOf, type ActWindow } from '../suspicion/act-window.ts';
import { severityBy, suspect, type Pattern, type Suspicion } from '../suspicion/pattern.ts';

export const CIRCLE_LIMITS = {
  window: { value: 14, unit: 'days', why: 'A look at the own circle is remembered for so long.' },
  weight: {
    value: 2,
    unit: 'looks',
    why: 'Two weighed looks: two at kin, three at neighbours of the same surname.',
  },
  officers: { value: 20_000, unit: 'officers', why: 'Those with such a look last are remembered.' },
} as const satisfies Limits;

/** Weights of one look, by what the gate found about officer and person. */
const WEIGHTS = {
  /** Kin or housemate, or the own record: nothing explains it, or it was refused by rule. */
  kinUnexplained: 0.75,
  /** Kin or housemate in a dossier of the officer's own: it should have been handed to somebody else. */
  kinExplained: 0.5,
  neighbourAndNamesake: 0.7,
  neighbour: 0.25,
  namesake: 0.1,
};

type State = Map<string, ActWindow>;

/**
 * Own kin, housemates, neighbours and namesakes. The own record and known kin are refused by rule; this sees those who try on, and those
 * whom no rule knows. Colleagues are seen only as far as they are one of these: no entry says who works where.
 */
export const ownCircle: Pattern<State> = {
  name: 'own-circle',
  begin: () => new Map(),
  note(state, judged) {
    const { answer, reasons } = judged;
    if (answer.kind !== 'agency') return [];
    const found: Suspicion[] = [];
    answer.accesses.forEach(({ subject, findings, rule, outcome }, place) => {
      if (subject.kind !== 'person' || findings === null || outcome === 'failed') return;
      const weight = weightOfLook(findings, rule, reasons[place] !== null);
      if (weight === 0) return;
      const acts = recall(state, answer.actor, CIRCLE_LIMITS.officers.value, (): ActWindow => []);
      // One person on one day is one look, however often.
      const act = { id: answer.id, time: answer.time, weight, key: `${subject.key} ${judged.day}` };
      addAct(acts, act, CIRCLE_LIMITS.window.value * DAY_MS);
      const sum = weightOf(acts);
      if (sum < CIRCLE_LIMITS.weight.value - 1e-9) return;
      found.push(
        suspect('own-circle', judged, {
          observed: acts.length,
          usual: 0,
          severity: severityBy('medium', sum, 3, 8),
          evidence: idsOf(acts.filter((one) => one.weight >= WEIGHTS.neighbour)),
        }),
      );
    });
    return found;
  },
};

function weightOfLook(findings: string, rule: string | null, isExplained: boolean): number {
  const has = (name: FindingName): boolean => findings[FINDING_PLACES[name]] === '1';
  if (rule === 'own-data' || rule === 'relatives') return WEIGHTS.kinUnexplained;
  if (has('relation') || has('household')) {
    return isExplained ? WEIGHTS.kinExplained : WEIGHTS.kinUnexplained;
  }
  if (isExplained) return 0;
  if (has('commune')) return has('surname') ? WEIGHTS.neighbourAndNamesake : WEIGHTS.neighbour;
  return has('surname') ? WEIGHTS.namesake : 0;
}
