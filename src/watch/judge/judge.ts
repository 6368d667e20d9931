import { remember } from '../access/bounded.ts';
import { dayOf, hourOf } from '../access/watch-time.ts';
import type { WatchedAnswer } from '../access/watched-answer.ts';
import {
  addDay,
  BASELINE_LIMITS,
  beginBaselines,
  usualOf,
  type BaselineState,
  type Measure,
} from '../baseline/baselines.ts';
import { isDayOff } from '../baseline/holidays.ts';
import { beginExplaining, explainAnswer, type ExplainState } from '../explain/explain-access.ts';
import { countReason, noneExplained, type ExplainedCounts } from '../explain/explained-shares.ts';
import { beginDay, countAnswer, DAY_LIMITS, measuresOf, type DayAtWork } from './day-at-work.ts';
import { PATTERN_TABLE } from './pattern-table.ts';
import type { JudgedAnswer, PatternName, Suspicion } from './pattern.ts';

/** All that the judge remembers, as a plain value (structured clone): what is kept over a restart. */
export interface JudgeState {
  /** The latest time that was judged, milliseconds since 1970. */
  now: number;
  day: number;
  readonly explaining: ExplainState;
  readonly baselines: BaselineState;
  readonly today: Map<string, DayAtWork>;
  /** Persons of today's dossiers, by client and dossier. */
  crowds: Map<string, Set<string>>;
  readonly patterns: Map<PatternName, unknown>;
  /** Accesses of today and in all, by the reason that explains them. */
  readonly explained: ExplainedCounts;
  /** Officers with an alert today: the day's figures wait outside the baselines. */
  suspected: Set<string>;
}

export function beginJudging(): JudgeState {
  return {
    now: 0,
    day: -1,
    explaining: beginExplaining(),
    baselines: beginBaselines(),
    today: new Map(),
    crowds: new Map(),
    patterns: new Map(PATTERN_TABLE.map((pattern) => [pattern.name, pattern.begin()])),
    explained: noneExplained(),
    suspected: new Set(),
  };
}

/**
 * Judges one answer after the others. The same answers in the same order give the same suspicions, from whatever kept state it goes on.
 */
export function judge(state: JudgeState, answer: WatchedAnswer): readonly Suspicion[] {
  const before = advance(state, answer.time);
  const { day } = state;
  const reasons = explainAnswer(state.explaining, answer, day);
  for (const reason of reasons) countReason(state.explained, reason);
  const key = `${answer.actor}\n${answer.purpose}`;
  const today = remember(
    state.today,
    key,
    state.today.get(key) ?? beginDay(answer, day),
    DAY_LIMITS.officers.value,
  );
  const loose = countAnswer(today, answer, reasons, (caseId) => crowdOf(state, answer.client, caseId));
  const judged: JudgedAnswer = {
    answer,
    reasons,
    loose,
    day,
    hour: hourOf(answer.time),
    isDayOff: isDayOff(dayOf(answer.time)),
    today,
    usual: usualOf(state.baselines, today),
    colleagues: (measure) => colleaguesOf(state, today, measure),
  };
  const found = PATTERN_TABLE.flatMap((pattern) => [...pattern.note(state.patterns.get(pattern.name), judged)]);
  note(state, found);
  return [...before, ...found];
}

/** Lets time pass without an answer. Returns what has waited for it. */
export function advance(state: JudgeState, time: number): readonly Suspicion[] {
  state.now = Math.max(state.now, time);
  const due = PATTERN_TABLE.flatMap((pattern) => [
    ...(pattern.due?.(state.patterns.get(pattern.name), state.now) ?? []),
  ]);
  note(state, due);
  const day = dayOf(state.now);
  if (day > state.day) {
    if (state.day >= 0) endDay(state);
    state.day = day;
  }
  return due;
}

/** Figures of the day of an alert that was closed: `isUsual` takes them into the baselines, else they are dropped. */
export function releaseHeld(state: JudgeState, actor: string, day: number, isUsual: boolean): void {
  const key = `${actor} ${day}`;
  const held = state.baselines.held.get(key);
  state.baselines.held.delete(key);
  if (isUsual && held) for (const one of held) addDay(state.baselines, one, one.day);
}

function endDay(state: JudgeState): void {
  for (const today of state.today.values()) {
    const { client, actor, purpose, day } = today;
    const one = { client, actor, purpose, day: measuresOf(today) };
    if (!state.suspected.has(actor)) {
      addDay(state.baselines, one, one.day);
      continue;
    }
    const held = [...(state.baselines.held.get(`${actor} ${day}`) ?? []), one];
    remember(state.baselines.held, `${actor} ${day}`, held, BASELINE_LIMITS.held.value);
  }
  state.today.clear();
  state.crowds = new Map();
  state.suspected = new Set();
  for (const pattern of PATTERN_TABLE) pattern.endDay?.(state.patterns.get(pattern.name), state.day);
}

function note(state: JudgeState, found: readonly Suspicion[]): void {
  for (const { actor } of found) if (actor !== null) state.suspected.add(actor);
}

function crowdOf(state: JudgeState, client: string, caseId: string): Set<string> {
  const key = `${client} ${caseId}`;
  return remember(state.crowds, key, state.crowds.get(key) ?? new Set(), DAY_LIMITS.dossiers.value);
}

function colleaguesOf(state: JudgeState, own: DayAtWork, measure: Measure): readonly number[] {
  const values: number[] = [];
  for (const one of state.today.values()) {
    if (one !== own && one.client === own.client && one.purpose === own.purpose) {
      values.push(measuresOf(one)[measure]);
    }
  }
  return values;
}
