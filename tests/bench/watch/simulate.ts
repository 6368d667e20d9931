import { DAY_MS, MINUTE_MS } from '../../../src/watch/access/watch-time.ts';
import { noneExplained, type ExplainedCounts } from '../../../src/watch/explain/explained-shares.ts';
import { beginJudging, judge, passTime } from '../../../src/watch/suspicion/judge.ts';
import type { PatternName, Suspicion } from '../../../src/watch/suspicion/pattern.ts';
import { timeOf } from './answers.ts';
import { resetCases, type Attack } from './attacks/attack.ts';
import {
  askUnlikePeers,
  auditBeyondOrder,
  wakeAccount,
  workAtNight,
  workInTwoPlaces,
} from './attacks/habit-attacks.ts';
import { guess, walkIdentifiers } from './attacks/number-attacks.ts';
import { askForHidden, lookAtOnePerson, lookAtOwnCircle } from './attacks/person-attacks.ts';
import { drain, drip, newStrangers, underLimit } from './attacks/stranger-attacks.ts';
import { Dice } from './dice.ts';
import { OfficeAtWork } from './normal-work.ts';
import { buildOffices, SIMULATED_DAYS, type SimulatedOffice } from './offices.ts';

type MakeAttack = (dice: Dice, offices: readonly SimulatedOffice[]) => Attack;

const ATTACKS: readonly MakeAttack[] = [
  walkIdentifiers,
  newStrangers,
  drain,
  drip,
  lookAtOwnCircle,
  lookAtOnePerson,
  askForHidden,
  guess,
  workAtNight,
  askUnlikePeers,
  wakeAccount,
  workInTwoPlaces,
  underLimit,
  auditBeyondOrder,
];

export interface SimulationSize {
  /** Offices of each kind. */
  readonly offices: number;
  /** Kinds of office, the first ones; all where absent. */
  readonly kinds?: number;
  /** Attacks of each pattern. */
  readonly attacks: number;
}

/** What became of an attack. */
export interface Outcome {
  readonly attack: Attack;
  /** By its own pattern; milliseconds after the third act (negative: before), or null. */
  readonly own: number | null;
  /** By any pattern. */
  readonly any: number | null;
}

export interface SimulatedMonth {
  readonly outcomes: readonly Outcome[];
  readonly falseAlerts: readonly Suspicion[];
  readonly alerts: number;
  readonly clientDays: number;
  readonly answers: number;
  /** Accesses of normal work by reason. */
  readonly explained: ExplainedCounts;
  /** The same among the evidence of all alerts. */
  readonly flagged: ExplainedCounts;
  readonly judgedMicroseconds: number;
}

/** Lives through the days of a seed, with attacks of each pattern mixed in. */
export function simulateMonth(seed: number, size: SimulationSize): SimulatedMonth {
  const dice = new Dice(seed * 7_919 + 17);
  resetCases();
  const offices = buildOffices(dice.fork(), size.offices, size.kinds);
  const days = SIMULATED_DAYS.warmUp + SIMULATED_DAYS.measured;
  const outageDay = dice.between(SIMULATED_DAYS.warmUp, days - 1);
  const outage = (day: number) => (day === outageDay ? ([9, 14.5] as const) : null);
  const works = offices.map((office) => new OfficeAtWork(dice.fork(), office, outage));
  const attacks = ATTACKS.flatMap((make) =>
    Array.from({ length: size.attacks }, () => make(dice.fork(), offices)),
  );
  const attackOf = new Map(
    attacks.flatMap((attack) => attack.answers.map(({ id }) => [id, attack] as const)),
  );
  const planted = Map.groupBy(
    attacks.flatMap(({ answers }) => answers),
    ({ time }) => Math.floor((time - timeOf(0, 0)) / DAY_MS),
  );
  const state = beginJudging();
  const explained = noneExplained();
  const found: Suspicion[] = [];
  let clientDays = 0;
  let count = 0;
  let spentMs = 0;
  for (let day = 0; day < days; day++) {
    const normal = works.map((work) => work.day(day));
    if (day >= SIMULATED_DAYS.warmUp) clientDays += offices.length;
    const answers = [...normal.flat(), ...(planted.get(day) ?? [])].toSorted(
      (one, other) => one.time - other.time || (one.id < other.id ? -1 : 1),
    );
    count += answers.length;
    const startedAt = performance.now();
    let tick = timeOf(day, 0);
    for (const answer of answers) {
      for (; tick < answer.time; tick += MINUTE_MS) found.push(...passTime(state, tick));
      const before = { ...state.explained };
      found.push(...judge(state, answer));
      if (!attackOf.has(answer.id)) addGrowth(explained, before, state.explained);
    }
    spentMs += performance.now() - startedAt;
  }
  found.push(...passTime(state, timeOf(days, 1)));
  const alerts = found.filter(({ time }) => time >= timeOf(SIMULATED_DAYS.warmUp, 0));
  const firsts = onePerCase(alerts);
  return {
    outcomes: attacks.map((attack) => outcomeOf(attack, found)),
    falseAlerts: firsts.filter(({ evidence }) => !evidence.some((id) => attackOf.has(id))),
    alerts: firsts.length,
    clientDays,
    answers: count,
    explained,
    flagged: flaggedReasons(state.tried, firsts),
    judgedMicroseconds: (spentMs / count) * 1_000,
  };
}

function addGrowth(into: ExplainedCounts, before: ExplainedCounts, after: ExplainedCounts): void {
  for (const reason of Object.keys(into) as (keyof ExplainedCounts)[])
    into[reason] += after[reason] - before[reason];
}

/** A case that grew more severe is the same alert. */
function onePerCase(alerts: readonly Suspicion[]): readonly Suspicion[] {
  const firsts = new Map<string, Suspicion>();
  for (const one of alerts) {
    const key = `${one.pattern} ${one.about} ${one.day}`;
    if (!firsts.has(key)) firsts.set(key, one);
  }
  return [...firsts.values()];
}

function outcomeOf(attack: Attack, found: readonly Suspicion[]): Outcome {
  const ids = new Set(attack.answers.map(({ id }) => id));
  const third = attack.acts[2]?.time ?? attack.acts.at(-1)?.time ?? 0;
  const first = attack.acts[0]?.time ?? 0;
  const of = (pattern: PatternName | null): number | null => {
    const hits = found.filter(
      (one) =>
        (pattern === null || one.pattern === pattern) &&
        one.evidence.some((id) => ids.has(id)) &&
        noticedAt(one) >= first,
    );
    const times = hits.map((one) => noticedAt(one) - third).filter((delay) => delay <= attack.within);
    return times.length === 0 ? null : Math.min(...times);
  };
  return { attack, own: of(attack.pattern), any: of(null) };
}

/** An alert about guessing waits for the right value before it is raised. */
function noticedAt({ pattern, time }: Suspicion): number {
  return pattern === 'guessing' ? time + 3 * MINUTE_MS : time;
}

function flaggedReasons(
  tried: ReadonlyMap<string, readonly number[]>,
  alerts: readonly Suspicion[],
): ExplainedCounts {
  const counts = noneExplained();
  const names = Object.keys(counts) as (keyof ExplainedCounts)[];
  for (const id of new Set(alerts.flatMap(({ evidence }) => evidence))) {
    tried.get(id)?.forEach((count, at) => {
      const name = names[at];
      if (name) counts[name] += count;
    });
  }
  return counts;
}
