import type { Limits } from '../../config/limits.ts';
import { recall } from '../access/bounded.ts';
import { DAY_MS } from '../access/watch-time.ts';
import { addAct, idsOf, weightOf, type ActWindow } from '../suspicion/act-window.ts';
import { severityBy, suspect, type Pattern } from '../suspicion/pattern.ts';

export const ORDER_LIMITS = {
  window: { value: 1, unit: 'days', why: 'Looks beyond orders are added up over so long.' },
  weight: {
    value: 1,
    unit: 'looks',
    why: "The first look at a person whom the order does not open, or the second order that is not the auditor's.",
  },
  auditors: { value: 2_000, unit: 'auditors', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

const WEIGHTS = { person: 1, order: 0.5 };

type State = Map<string, ActWindow>;

/** An auditor who asks for persons or by orders that are not open to them. A mistyped number once is no such look. */
export const beyondOrder: Pattern<State> = {
  name: 'beyond-order',
  begin: () => new Map(),
  note(state, judged) {
    const { answer } = judged;
    if (answer.kind !== 'auditor') return [];
    const isPerson = answer.accesses.some(({ outcome }) => outcome === 'denied' || outcome === 'refused');
    const isOrder = answer.code === 'CASE_NOT_VALID';
    if (!isPerson && !isOrder) return [];
    const acts = recall(state, answer.actor, ORDER_LIMITS.auditors.value, (): ActWindow => []);
    const weight = isPerson ? WEIGHTS.person : WEIGHTS.order;
    const key = isPerson ? answer.id : `order ${answer.caseId ?? ''}`;
    addAct(acts, { id: answer.id, time: answer.time, weight, key }, ORDER_LIMITS.window.value * DAY_MS);
    if (weightOf(acts) < ORDER_LIMITS.weight.value) return [];
    return [
      suspect('beyond-order', judged, {
        observed: acts.length,
        usual: 0,
        severity: severityBy('medium', weightOf(acts), 3, 10),
        evidence: idsOf(acts),
      }),
    ];
  },
};
