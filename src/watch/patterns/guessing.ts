import type { Limits } from '../../config/limits.ts';
import { recall } from '../access/bounded.ts';
import { HOUR_MS, MINUTE_MS } from '../access/watch-time.ts';
import {
  severityBy,
  suspect,
  type JudgedAnswer,
  type Pattern,
  type Suspicion,
} from '../suspicion/pattern.ts';

export const GUESSING_LIMITS = {
  window: { value: 24, unit: 'hours', why: 'Wrong tries are added up over so long.' },
  subject: { value: 3, unit: 'tries', why: 'Wrong factors about one person.' },
  actor: {
    value: 5,
    unit: 'persons',
    why: 'Persons about whom one officer gave wrong factors and never the right one.',
  },
  dossiers: { value: 3, unit: 'numbers', why: 'Dossier numbers that open nothing, one beside the other.' },
  anyDossiers: { value: 6, unit: 'numbers', why: 'Dossier numbers that open nothing, wherever they lie.' },
  neighbour: {
    value: 50,
    unit: 'numbers',
    why: 'Dossier numbers of one office no further apart are neighbours.',
  },
  patience: {
    value: 3,
    unit: 'minutes',
    why: 'A typing error is corrected at once: so long an alert waits for the right value.',
  },
  officers: { value: 20_000, unit: 'officers', why: 'Those who were wrong last are remembered.' },
} as const satisfies Limits;

interface Wrong {
  readonly id: string;
  readonly time: number;
}

interface Guesses {
  readonly factors: Map<string, Wrong[]>;
  readonly dossiers: Map<string, Wrong>;
}

interface Waiting {
  readonly actor: string;
  /** Subject or dossiers; what a right value takes away. */
  readonly of: string;
  readonly dueAt: number;
  readonly suspicion: Suspicion;
}

interface State {
  readonly actors: Map<string, Guesses>;
  waiting: Waiting[];
}

const DOSSIERS = 'dossiers';
const NUMBER = /^(.*-\d{6})-(\d{4})$/;

/** Wrong factors about one person, and dossier numbers that are tried one after the other. */
export const guessing: Pattern<State> = {
  name: 'guessing',
  begin: () => ({ actors: new Map(), waiting: [] }),
  note(state, judged) {
    const { answer } = judged;
    if (answer.kind !== 'agency' && answer.kind !== 'citizen') return [];
    noteRight(state, judged);
    noteDossier(state, judged);
    for (const { subject, outcome, rule } of answer.accesses) {
      if (outcome === 'denied' && rule === 'match') noteFactor(state, judged, subject.key);
    }
    return [];
  },
  due(state, now) {
    const due = state.waiting.filter(({ dueAt }) => dueAt <= now);
    if (due.length > 0) state.waiting = state.waiting.filter(({ dueAt }) => dueAt > now);
    return due.map(({ suspicion }) => suspicion);
  },
};

function guessesOf({ actors }: State, actor: string): Guesses {
  return recall(actors, actor, GUESSING_LIMITS.officers.value, () => ({
    factors: new Map(),
    dossiers: new Map(),
  }));
}

/** The right value came: what was wrong before was a typing error, unless it was tried more often than anybody mistypes. */
function noteRight(state: State, { answer }: JudgedAnswer): void {
  const known = state.actors.get(answer.actor);
  if (!known) return;
  const right = new Set(
    answer.accesses.filter(({ outcome }) => outcome === 'disclosed').map(({ subject }) => subject.key),
  );
  for (const key of right) {
    if ((known.factors.get(key)?.length ?? 0) > 2 * GUESSING_LIMITS.subject.value) continue;
    known.factors.delete(key);
    state.waiting = state.waiting.filter(({ actor, of }) => actor !== answer.actor || of !== key);
  }
  if (right.size === 0 || answer.caseId === null || known.dossiers.size > GUESSING_LIMITS.anyDossiers.value)
    return;
  // A slip of one digit is a slip of the number that then opens.
  for (const wrong of known.dossiers.keys()) if (isSlip(wrong, answer.caseId)) known.dossiers.delete(wrong);
  if (known.dossiers.size < GUESSING_LIMITS.dossiers.value) {
    state.waiting = state.waiting.filter(({ actor, of }) => actor !== answer.actor || of !== DOSSIERS);
  }
}

function noteFactor(state: State, judged: JudgedAnswer, key: string): void {
  const { id, actor, time } = judged.answer;
  const known = guessesOf(state, actor);
  const from = time - GUESSING_LIMITS.window.value * HOUR_MS;
  const wrong = [...(known.factors.get(key) ?? []).filter((one) => one.time >= from), { id, time }].slice(
    -20,
  );
  known.factors.delete(key);
  known.factors.set(key, wrong);
  for (const [other, tries] of known.factors) {
    if (known.factors.size > 50 || tries.every((one) => one.time < from)) known.factors.delete(other);
  }
  const tried = [...known.factors.values()];
  const isSubject = wrong.length >= GUESSING_LIMITS.subject.value;
  if (!isSubject && tried.length < GUESSING_LIMITS.actor.value) return;
  const evidence = (isSubject ? wrong : tried.flat()).map((one) => one.id);
  wait(state, judged, isSubject ? key : '', isSubject ? wrong.length : tried.length, evidence);
}

function noteDossier(state: State, judged: JudgedAnswer): void {
  const { answer } = judged;
  const { id, actor, time, caseId, code, reason } = answer;
  if (code !== 'CASE_NOT_VALID' || caseId === null || reason === 'not-a-party') return;
  const known = guessesOf(state, actor).dossiers;
  const from = time - GUESSING_LIMITS.window.value * HOUR_MS;
  for (const [other, wrong] of known) if (wrong.time < from || known.size > 40) known.delete(other);
  if (known.has(caseId)) return;
  known.set(caseId, { id, time });
  const near = [...known].filter(([other]) => areNeighbours(other, caseId));
  const isNear = near.length >= GUESSING_LIMITS.dossiers.value;
  if (!isNear && known.size < GUESSING_LIMITS.anyDossiers.value) return;
  const shown = isNear ? near : [...known];
  wait(
    state,
    judged,
    DOSSIERS,
    shown.length,
    shown.map(([, wrong]) => wrong.id),
  );
}

function wait(
  state: State,
  judged: JudgedAnswer,
  of: string,
  observed: number,
  evidence: readonly string[],
): void {
  const { actor, time } = judged.answer;
  const known = state.waiting.find((one) => one.actor === actor && one.of === of);
  const suspicion = suspect('guessing', judged, {
    observed,
    usual: 0,
    severity: severityBy('medium', observed, 6, 50),
    evidence,
  });
  const dueAt = known?.dueAt ?? time + GUESSING_LIMITS.patience.value * MINUTE_MS;
  state.waiting = [
    ...state.waiting.filter((one) => one !== known).slice(-500),
    { actor, of, dueAt, suspicion },
  ];
}

function areNeighbours(one: string, other: string): boolean {
  const [, office, number] = NUMBER.exec(one) ?? [];
  const [, otherOffice, otherNumber] = NUMBER.exec(other) ?? [];
  return (
    office !== undefined &&
    office === otherOffice &&
    Math.abs(Number(number) - Number(otherNumber)) <= GUESSING_LIMITS.neighbour.value
  );
}

/** One number mistyped for another: a digit that differs, or two beside each other that changed places. */
function isSlip(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  const at = [...one].flatMap((letter, place) => (letter === other[place] ? [] : [place]));
  const [first = 0, second = 0] = at;
  const isSwap =
    at.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first];
  return at.length <= 1 || isSwap;
}
