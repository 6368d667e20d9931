import { remember } from '../access/bounded.ts';
import { vietNamDayNumber, vietNamHour } from '../access/watch-time.ts';
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
import { caseDay, isRaised, type RaisedCases } from './raised-cases.ts';
import { noteTried, type TriedReasons } from './tried-reasons.ts';

/** All that the judge remembers, as a plain value (structured clone): what is kept over a restart. */
export interface JudgeState {
  /** The latest time that was judged, milliseconds since 1970. */
  now: number;
  day: number;
  readonly explaining: ExplainState;
  readonly baselines: BaselineState;
  /** Days at work of today by officer, by client and purpose. */
  readonly today: Map<string, Map<string, DayAtWork>>;
  /** Persons of today's dossiers, by client and dossier. */
  crowds: Map<string, Set<string>>;
  readonly patterns: Map<PatternName, unknown>;
  /** Accesses of today and in all, by the reason that explains them. */
  readonly explained: ExplainedCounts;
  /** Officers with an alert today: the day's figures wait outside the baselines. */
  suspected: Set<string>;
  readonly raised: RaisedCases;
  readonly tried: TriedReasons;
}

const WAITING = PATTERN_TABLE.filter(({ due }) => due !== undefined);

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
    raised: new Map(),
    tried: new Map(),
  };
}

/**
 * Judges one answer after the others. The same answers in the same order give the same suspicions, from whatever kept state it goes on.
 */
export function judge(state: JudgeState, answer: WatchedAnswer): readonly Suspicion[] {
  const before = passTime(state, answer.time);
  const { day } = state;
  const reasons = explainAnswer(state.explaining, answer, day);
  for (const reason of reasons) countReason(state.explained, reason);
  noteTried(state.tried, answer.id, reasons);
  const today = todayOf(state, answer);
  const loose = countAnswer(today, answer, reasons, (caseId) => crowdOf(state, answer.client, caseId));
  const judged: JudgedAnswer = {
    answer,
    reasons,
    loose,
    day,
    hour: vietNamHour(answer.time),
    isDayOff: isDayOff(vietNamDayNumber(answer.time)),
    today,
    usual: usualOf(state.baselines, today),
    colleagues: (measure) => colleaguesOf(state, today, measure),
  };
  const found = PATTERN_TABLE.flatMap((pattern) => [
    ...pattern.note(state.patterns.get(pattern.name), judged),
  ]);
  return [...before, ...raise(state, found)];
}

/** Lets time pass without an answer. Returns what has waited for it. */
export function passTime(state: JudgeState, time: number): readonly Suspicion[] {
  state.now = Math.max(state.now, time);
  const due: Suspicion[] = [];
  for (const pattern of WAITING)
    due.push(...(pattern.due?.(state.patterns.get(pattern.name), state.now) ?? []));
  const raised = raise(state, due);
  const day = vietNamDayNumber(state.now);
  if (day > state.day) {
    if (state.day >= 0) endDay(state);
    state.day = day;
  }
  return raised;
}

/** Figures of the day of an alert that was closed: `isUsual` takes them into the baselines, else they are dropped. */
export function releaseHeld(state: JudgeState, actor: string, day: number, isUsual: boolean): void {
  const key = `${actor} ${day}`;
  const held = state.baselines.held.get(key);
  state.baselines.held.delete(key);
  if (isUsual && held) for (const one of held) addDay(state.baselines, one, one.day);
}

function endDay(state: JudgeState): void {
  for (const officers of state.today.values()) for (const today of officers.values()) closeDay(state, today);
  state.today.clear();
  state.crowds = new Map();
  state.suspected = new Set();
  for (const pattern of PATTERN_TABLE) pattern.endDay?.(state.patterns.get(pattern.name), state.day);
}

/** The day's figures go into the baselines, unless there is an alert. */
function closeDay({ baselines, suspected }: JudgeState, today: DayAtWork): void {
  const { client, actor, purpose, day } = today;
  const one = { client, actor, purpose, day: measuresOf(today) };
  if (!suspected.has(actor)) {
    addDay(baselines, one, one.day);
    return;
  }
  const held = [...(baselines.held.get(`${actor} ${day}`) ?? []), one];
  remember(baselines.held, `${actor} ${day}`, held, BASELINE_LIMITS.held.value);
}

/** Leaves out what is the same case again, and keeps the officers' figures of the day out of the baselines. */
function raise(state: JudgeState, found: readonly Suspicion[]): readonly Suspicion[] {
  for (const { actor } of found) if (actor !== null) state.suspected.add(actor);
  return found
    .filter((one) => isRaised(state.raised, one))
    .map((one) => ({ ...one, day: caseDay(state.raised, one) }));
}

function todayOf(state: JudgeState, answer: WatchedAnswer): DayAtWork {
  const group = `${answer.client}\n${answer.purpose}`;
  let officers = state.today.get(group);
  if (!officers) state.today.set(group, (officers = new Map()));
  const today = officers.get(answer.actor) ?? beginDay(answer, state.day);
  return remember(officers, answer.actor, today, DAY_LIMITS.officers.value);
}

function crowdOf(state: JudgeState, client: string, caseId: string): Set<string> {
  const key = `${client} ${caseId}`;
  return remember(state.crowds, key, state.crowds.get(key) ?? new Set(), DAY_LIMITS.dossiers.value);
}

function colleaguesOf({ today }: JudgeState, own: DayAtWork, measure: Measure): readonly number[] {
  const officers = today.get(`${own.client}\n${own.purpose}`)?.values() ?? [];
  return [...officers].filter((one) => one !== own).map((one) => measuresOf(one)[measure]);
}
