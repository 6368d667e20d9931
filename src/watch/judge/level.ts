import type { Limits } from '../../config/limits.ts';

/**
 * The colour of a unit or register: GREEN is well, YELLOW needs attention, RED is at risk, GREY cannot be judged. A unit without data is
 * GREY and never GREEN.
 */
export const LEVELS = ['RED', 'YELLOW', 'GREEN', 'GREY'] as const;
export type Level = (typeof LEVELS)[number];

/**
 * The values at which colours change. The bands of answered requests are those by which reports sent are coloured in the national system (below 50,
 * 50 to 80, above 80); the others are this gateway's own choice.
 */
export const LEVEL_LIMITS = {
  leastRequests: { value: 10, unit: 'requests', why: 'Fewer of them cannot be judged: the unit is grey.' },
  answeredYellow: {
    value: 80,
    unit: '%',
    why: 'Requests of a unit that were answered; up to here it is yellow.',
  },
  answeredRed: { value: 50, unit: '%', why: 'Below it a unit is red.' },
  failedYellow: { value: 1, unit: '%', why: 'Failed calls of a register; from here on it is yellow.' },
  failedRed: { value: 10, unit: '%', why: 'From here on a register is red.' },
  registerSlow: {
    value: 1_000,
    unit: 'ms',
    why: 'A register whose p99 is larger is slow: its forms wait a second.',
  },
  registerStuck: { value: 3_000, unit: 'ms', why: 'A register whose p99 is larger is red.' },
  unitSlow: { value: 2_000, unit: 'ms', why: 'Answers to a unit whose p99 is larger are slow.' },
  unitStuck: { value: 5_000, unit: 'ms', why: 'A unit whose answers have a larger p99 is red.' },
} as const satisfies Limits;

/** The worst of several; GREY counts only where nothing else is known. */
export function worstLevel(levels: readonly Level[]): Level {
  return LEVELS.find((level) => levels.includes(level)) ?? 'GREY';
}

/** The order in which things are shown, the worst first. */
export function byLevel(one: { readonly level: Level }, other: { readonly level: Level }): number {
  return LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level);
}

/** Numbers by which a unit or a register is judged. */
export interface Judged {
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  readonly p99Ms: number | null;
}

/** The colour of an office, commune or province. */
export function levelOfUnit({ requests, refused, failed, p99Ms }: Judged): Level {
  if (requests < LEVEL_LIMITS.leastRequests.value) return 'GREY';
  const answered = (100 * (requests - refused - failed)) / requests;
  const { answeredRed, answeredYellow, unitSlow, unitStuck } = LEVEL_LIMITS;
  return worstLevel([
    answered < answeredRed.value ? 'RED' : answered <= answeredYellow.value ? 'YELLOW' : 'GREEN',
    levelOfTime(p99Ms, unitSlow.value, unitStuck.value),
  ]);
}

/** The colour of a register. `circuit`: the state of its circuit breaker; null in a report about a day. */
export function levelOfRegister({ requests, failed, p99Ms }: Judged, circuit: string | null): Level {
  if (circuit === 'open') return 'RED';
  if (requests === 0) return 'GREY';
  const { failedRed, failedYellow, registerSlow, registerStuck, leastRequests } = LEVEL_LIMITS;
  const failedShare = (100 * failed) / requests;
  const isJudged = requests >= leastRequests.value;
  const byFailures =
    failedShare >= failedRed.value && isJudged
      ? 'RED'
      : failedShare >= failedYellow.value
        ? 'YELLOW'
        : 'GREEN';
  if (!isJudged && byFailures === 'GREEN' && circuit !== 'half-open') return 'GREY';
  return worstLevel([
    byFailures,
    circuit === 'half-open' ? 'YELLOW' : 'GREEN',
    levelOfTime(p99Ms, registerSlow.value, registerStuck.value),
  ]);
}

function levelOfTime(p99Ms: number | null, slow: number, stuck: number): Level {
  if (p99Ms === null) return 'GREY';
  return p99Ms >= stuck ? 'RED' : p99Ms >= slow ? 'YELLOW' : 'GREEN';
}
