import type { WatchedAnswer } from '../access/watched-answer.ts';
import type { Measure, Usual } from '../baseline/baselines.ts';
import type { Reason } from '../explain/reasons.ts';
import type { DayAtWork } from './day-at-work.ts';

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const PATTERNS = [
  'walking-identifiers',
  'ever-new-strangers',
  'drain-by-batches',
  'slow-drip',
  'own-circle',
  'same-person',
  'hidden-person',
  'guessing',
  'nights-and-holidays',
  'unlike-peers',
  'dormant-account',
  'two-places',
  'under-limits',
  'beyond-order',
] as const;
export type PatternName = (typeof PATTERNS)[number];

/** An answer with what explanations and baselines say about it. */
export interface JudgedAnswer {
  readonly answer: WatchedAnswer;
  /** A reason each access; null: none; undefined: nothing to explain. */
  readonly reasons: readonly (Reason | null | undefined)[];
  /** Keys of this answer's persons without a reason, or in a dossier about a crowd. */
  readonly loose: readonly string[];
  readonly day: number;
  readonly hour: number;
  readonly isDayOff: boolean;
  readonly today: DayAtWork;
  readonly usual: Usual;
  /** Values of the other officers of the client and purpose today. */
  colleagues(measure: Measure): readonly number[];
}

/** A finding of a pattern. It names persons by keys that only this thread holds: `alertOf` leaves them out. */
export interface Suspicion {
  readonly pattern: PatternName;
  readonly client: string;
  readonly purpose: string;
  /** One case a pattern, person and day: further findings of it are the same alert. */
  readonly about: string;
  /** Day of Viet Nam, from 1970; of a case that was raised before, its first one. */
  readonly day: number;
  /** Officer and day whose figures stay out of the baselines while the alert is open; null where it is about no officer. */
  readonly actor: string | null;
  readonly time: number;
  /** The counted value and the usual one, in the unit of the pattern. */
  readonly observed: number;
  readonly usual: number;
  readonly severity: Severity;
  /** Answers, the first ones, at most EVIDENCE of them. */
  readonly evidence: readonly string[];
}

/**
 * One pattern, judged answer by answer in the order of the log. A state is a plain value (structured clone), so that it can be kept over a
 * restart; it is bounded by the pattern itself.
 */
export interface Pattern<State> {
  readonly name: PatternName;
  begin(): State;
  note(state: State, judged: JudgedAnswer): readonly Suspicion[];
  /** Gives the suspicions that have waited long enough by this time, in milliseconds since 1970. */
  due?(state: State, now: number): readonly Suspicion[];
  /** A day is over: what lies too far back is let go. */
  endDay?(state: State, day: number): void;
}

export const EVIDENCE = 10;

/** A suspicion against the officer of an answer. */
export function suspect(
  pattern: PatternName,
  { answer, day }: Pick<JudgedAnswer, 'answer' | 'day'>,
  found: Pick<Suspicion, 'observed' | 'usual' | 'severity' | 'evidence'> & { readonly about?: string },
): Suspicion {
  const { client, actor, purpose, time } = answer;
  return {
    pattern,
    client,
    purpose,
    about: found.about ?? actor,
    day,
    actor,
    time,
    observed: found.observed,
    usual: found.usual,
    severity: found.severity,
    evidence: [...new Set(found.evidence)].slice(0, EVIDENCE),
  };
}

/** One level up for each of the given steps that the ratio of observed to usual passes. */
export function severityBy(from: Severity, ratio: number, ...steps: readonly number[]): Severity {
  const up = steps.filter((step) => ratio >= step).length;
  return SEVERITIES[Math.min(SEVERITIES.length - 1, SEVERITIES.indexOf(from) + up)] ?? from;
}
