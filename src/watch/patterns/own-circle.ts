import type { Limits } from '../../config/limits.ts';
import { FINDING_PLACES, type FindingName } from '../../policy/row-rules/caller-findings.ts';
import { recall } from '../access/bounded.ts';
import { DAY_MS } from '../access/watch-time.ts';
import { poissonTail } from '../baseline/statistics.ts';
import { addAct, idsOf, weightOf, type ActWindow } from '../suspicion/act-window.ts';
import {
  severityBy,
  suspect,
  type JudgedAnswer,
  type Pattern,
  type Suspicion,
} from '../suspicion/pattern.ts';

export const CIRCLE_LIMITS = {
  window: { value: 14, unit: 'days', why: 'A look at the own circle is remembered for so long.' },
  weight: {
    value: 2,
    unit: 'looks',
    why: 'Weighed looks at kin and housemates: three that nothing explains.',
  },
  neighbours: {
    value: 3,
    unit: 'looks',
    why: 'At neighbours of the same surname that nothing explains; fewer are chance.',
  },
  chance: { value: 1e-4, unit: 'probability', why: 'So rarely chance alone makes as many.' },
  officers: { value: 20_000, unit: 'officers', why: 'Those at work last are remembered.' },
} as const satisfies Limits;

/** Weights of one look at kin or a housemate. */
const WEIGHTS = {
  unexplained: 0.75,
  /** Party of a dossier and refused by rule: one asks, is refused, and hands it over. */
  refused: 0.3,
  /** Party of a dossier of the officer's own: it should have been handed to somebody else. */
  explained: 0.1,
};
const SPANS = [1, 3, CIRCLE_LIMITS.window.value];

interface Circle {
  readonly kin: ActWindow;
  readonly neighbours: ActWindow;
  /** The officer's parties, and those of them who live in the officer's commune and have the surname: what chance brings. */
  parties: number;
  alike: number;
}

type State = Map<string, Circle>;

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
    const circle = recall(state, answer.actor, CIRCLE_LIMITS.officers.value, (): Circle => {
      return { kin: [], neighbours: [], parties: 0, alike: 0 };
    });
    const found: Suspicion[] = [];
    answer.accesses.forEach(({ subject, findings, rule, outcome }, place) => {
      if (subject.kind !== 'person' || findings === null || outcome === 'failed') return;
      const isExplained = reasons[place] !== null;
      const has = (name: FindingName): boolean => findings[FINDING_PLACES[name]] === '1';
      const isAlike = has('commune') && has('surname');
      if (reasons[place] === 'party') {
        circle.parties += 1;
        if (isAlike) circle.alike += 1;
        // It was a neighbour's dossier after all.
        forget(circle.neighbours, subject.key);
      }
      const act = { id: answer.id, time: answer.time, key: subject.key };
      const isRefused = rule === 'own-data' || rule === 'relatives';
      if (isRefused || has('relation') || has('household')) {
        const weight = !isExplained ? WEIGHTS.unexplained : isRefused ? WEIGHTS.refused : WEIGHTS.explained;
        // One person on one day is one look, however often.
        addAct(circle.kin, { ...act, weight, key: `${subject.key} ${judged.day}` }, windowMs());
        found.push(...suspectKin(judged, circle.kin));
      } else if (isAlike && !isExplained) {
        addAct(circle.neighbours, { ...act, weight: 1 }, windowMs());
        found.push(...suspectNeighbours(judged, circle));
      }
    });
    return found;
  },
  endDay(state) {
    // What chance brings is that of late: old counts fade.
    for (const circle of state.values()) {
      if (circle.parties < 2_000) continue;
      circle.parties /= 2;
      circle.alike /= 2;
    }
  },
};

function windowMs(): number {
  return CIRCLE_LIMITS.window.value * DAY_MS;
}

function forget(acts: ActWindow, key: string): void {
  const at = acts.findIndex((act) => act.key === key);
  if (at >= 0) acts.splice(at, 1);
}

function suspectKin(judged: JudgedAnswer, kin: ActWindow): readonly Suspicion[] {
  const sum = weightOf(kin);
  if (sum < CIRCLE_LIMITS.weight.value) return [];
  const severity = severityBy('medium', sum, 3, 8);
  return [suspect('own-circle', judged, { observed: kin.length, usual: 0, severity, evidence: idsOf(kin) })];
}

/** Neighbours of the same surname beyond what chance brings: strangers of a day, times the share of such persons among the parties. */
function suspectNeighbours(
  judged: JudgedAnswer,
  { neighbours, parties, alike }: Circle,
): readonly Suspicion[] {
  const { usual, answer } = judged;
  const share = (alike + 0.5) / (parties + 10);
  const values = usual.peers('strangers');
  const rate = Math.max(0.2, values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length)) * share;
  for (const span of SPANS) {
    const recent = neighbours.filter(({ time }) => time > answer.time - span * DAY_MS);
    if (recent.length < CIRCLE_LIMITS.neighbours.value) continue;
    if (poissonTail(recent.length, rate * span) > CIRCLE_LIMITS.chance.value) continue;
    return [
      suspect('own-circle', judged, {
        observed: recent.length,
        usual: Math.round(rate * span),
        severity: severityBy('medium', recent.length, 6),
        evidence: idsOf(recent),
      }),
    ];
  }
  return [];
}
