import type { WatchedAnswer } from '../../../../src/watch/access/watched-answer.ts';
import { BATCH_DRAIN_LIMITS } from '../../../../src/watch/patterns/drain-by-batches.ts';
import { answerOf, findingsOf, MINUTE_MS, SECOND_MS } from '../answers.ts';
import type { Dice } from '../dice.ts';
import type { SimulatedOffice } from '../offices.ts';
import {
  FAST_MS,
  inTime,
  insiderOf,
  officeHour,
  SLOW_MS,
  spareCase,
  stranger,
  workday,
  workdayFrom,
  type Attack,
  type Insider,
} from './attack.ts';

/** One answer about so many strangers: refused, told without being parties, or parties of a dossier that was made for it. */
function aboutStrangers(
  dice: Dice,
  insider: Insider,
  at: {
    readonly time: number;
    readonly caseId: string;
    readonly count: number;
    readonly how: 'refused' | 'told' | 'complicit';
  },
): WatchedAnswer {
  const accesses = Array.from({ length: at.count }, () => {
    const person = stranger(dice, insider);
    return {
      person: person.id,
      findings: findingsOf(insider.officer, person, { isParty: at.how === 'complicit' }),
    };
  });
  const refusal = at.how === 'refused' ? { code: 'CASE_NOT_VALID', reason: 'not-a-party' } : {};
  return answerOf(dice, insider.office, insider.officer, {
    time: at.time,
    caseId: at.caseId,
    ...refusal,
    accesses,
  });
}

/** A dossier in whose name ever new strangers are looked at. */
export function newStrangers(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice, 6);
  const insider = insiderOf(dice, offices, day);
  const caseId = spareCase(insider, day);
  const pace = dice.logBetween(30 * SECOND_MS, 20 * 60 * MINUTE_MS);
  let time = officeHour(dice, day);
  const answers = Array.from({ length: dice.between(4, 14) }, () => {
    time += pace * (0.4 + dice.next());
    return aboutStrangers(dice, insider, {
      time,
      caseId,
      count: 1,
      how: dice.chance(0.5) ? 'refused' : 'told',
    });
  });
  return { pattern: 'ever-new-strangers', answers, acts: answers, within: FAST_MS };
}

/** Batch after batch. */
export function drain(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const insider = insiderOf(dice, offices, day);
  const size = Math.round(dice.logBetween(20, 100));
  const pace = dice.logBetween(500, 15 * MINUTE_MS);
  const how = dice.pick(['refused', 'told', 'complicit'] as const);
  const one = spareCase(insider, day);
  const isOneDossier = how === 'complicit' || dice.chance(0.5);
  let time = officeHour(dice, day);
  const answers = Array.from({ length: dice.between(4, 24) }, () => {
    time += pace * (0.4 + dice.next());
    const count = Math.max(16, Math.round(size * (0.7 + 0.6 * dice.next())));
    return aboutStrangers(dice, insider, {
      time,
      caseId: isOneDossier ? one : spareCase(insider, day),
      count,
      how,
    });
  });
  return { pattern: 'drain-by-batches', answers, acts: answers, within: FAST_MS };
}

/** A few strangers a day, each in another dossier, for weeks. */
export function drip(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const first = workday(dice, 18);
  const insider = insiderOf(dice, offices, first);
  const aDay = dice.between(3, 8);
  const answers: WatchedAnswer[] = [];
  const acts: WatchedAnswer[] = [];
  let day = first;
  for (let days = dice.between(6, 12); days > 0; days--) {
    const ofDay = Array.from({ length: Math.max(2, aDay + dice.between(-2, 2)) }, () =>
      aboutStrangers(dice, insider, {
        time: officeHour(dice, day),
        caseId: spareCase(insider, day),
        count: 1,
        how: dice.chance(0.4) ? 'refused' : 'told',
      }),
    );
    answers.push(...ofDay);
    const last = inTime(ofDay).at(-1);
    if (last) acts.push(last);
    day = workdayFrom(day + dice.between(1, 2));
  }
  return { pattern: 'slow-drip', answers: inTime(answers), acts, within: SLOW_MS };
}

/** Just below the number that raises an alert, day after day. */
export function underLimit(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const first = workday(dice, 12);
  const insider = insiderOf(dice, offices, first);
  const how = dice.pick(['refused', 'told'] as const);
  const answers: WatchedAnswer[] = [];
  const acts: WatchedAnswer[] = [];
  let day = first;
  for (let days = dice.between(4, 7); days > 0; days--) {
    const wanted = Math.round(BATCH_DRAIN_LIMITS.day.value * (0.6 + 0.36 * dice.next()));
    const ofDay: WatchedAnswer[] = [];
    for (let left = wanted; left > 0;) {
      const count = Math.min(left, dice.between(1, 3));
      ofDay.push(
        aboutStrangers(dice, insider, {
          time: officeHour(dice, day),
          caseId: spareCase(insider, day),
          count,
          how,
        }),
      );
      left -= count;
    }
    answers.push(...ofDay);
    const last = inTime(ofDay).at(-1);
    if (last) acts.push(last);
    day = workdayFrom(day + 1);
  }
  return { pattern: 'under-limits', answers: inTime(answers), acts, within: SLOW_MS };
}
