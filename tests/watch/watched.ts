import type { WatchedAccess, WatchedAnswer } from '../../src/watch/access/watched-answer.ts';
import { beginJudging, judge, passTime, type JudgeState } from '../../src/watch/suspicion/judge.ts';
import type { PatternName, Suspicion } from '../../src/watch/suspicion/pattern.ts';

/** Answers for tests of early warning, in a few words. */

/** Monday 2 November 2026, 9 o'clock in Viet Nam. */
export const MONDAY = Date.parse('2026-11-02T02:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

let made = 0;

export type Look = Partial<WatchedAccess> & { readonly person: string };

export const PARTY = '10000-';
export const STRANGER = '000000';
export const KIN = '010000';
export const NEIGHBOUR = '000110';
export const REACHED = '000001';

/** One answer of an officer; a refused one where `code` is given. */
export function answered(
  time: number,
  looks: readonly Look[],
  given: Partial<Omit<WatchedAnswer, 'accesses' | 'time'>> = {},
): WatchedAnswer {
  const { client = 'office', officer = 'an', caseId = 'H26-261102-0001', code = null } = given;
  made += 1;
  return {
    id: made.toString(16).padStart(32, '0'),
    time,
    client,
    kind: 'agency',
    officer,
    actor: `${client} ${officer}`,
    isSystem: false,
    purpose: 'civil-status-registration',
    caseId,
    agreement: 'v1',
    code,
    reason: code === 'CASE_NOT_VALID' ? 'not-a-party' : null,
    ...given,
    accesses: looks.map(({ person: key, ...look }) => ({
      subject: { kind: 'person', key },
      outcome: code === null ? 'disclosed' : 'refused',
      rule: null,
      findings: STRANGER,
      cases: caseId === null ? [] : [caseId],
      coordinates: ['Citizen.name'],
      ...look,
    })),
  };
}

/** A personal id by a number. */
export function person(number: number): string {
  return `001090${String((number * 7_919) % 1_000_000).padStart(6, '0')}`;
}

/** Usual work of an office: so many officers, for so many days before the Monday, each with a few parties a day. */
export function usualWork(officers = 4, days = 10): readonly WatchedAnswer[] {
  const answers: WatchedAnswer[] = [];
  for (let back = days; back > 0; back--) {
    const day = MONDAY - back * DAY;
    const weekday = new Date(day).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (let number = 0; number < officers; number++) {
      for (let dossier = 0; dossier < 6; dossier++) {
        const caseId = `H26-2610${String(back).padStart(2, '0')}-${number}${String(dossier).padStart(3, '0')}`;
        const looks = [{ person: person(back * 1_000 + number * 100 + dossier), findings: PARTY }];
        answers.push(
          answered(day + dossier * HOUR + number * MINUTE, looks, { officer: `peer-${number}`, caseId }),
        );
      }
    }
  }
  return answers;
}

/** Judges answers in the order of their times, and lets five more minutes pass. */
export function judgeAll(
  answers: readonly WatchedAnswer[],
  state: JudgeState = beginJudging(),
): readonly Suspicion[] {
  const sorted = answers.toSorted((one, other) => one.time - other.time);
  const found = sorted.flatMap((answer) => [...judge(state, answer)]);
  return [...found, ...passTime(state, (sorted.at(-1)?.time ?? 0) + 5 * MINUTE)];
}

export function patternsOf(found: readonly Suspicion[]): readonly PatternName[] {
  return [...new Set(found.map(({ pattern }) => pattern))].toSorted();
}
