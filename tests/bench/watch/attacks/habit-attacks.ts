import type { WatchedAnswer } from '../../../../src/watch/access/watched-answer.ts';
import { isDayOff } from '../../../../src/watch/baseline/holidays.ts';
import { answerOf, findingsOf, MINUTE_MS, timeOf, vietNamDayOf } from '../answers.ts';
import type { Dice } from '../dice.ts';
import { SIMULATED_DAYS, type SimulatedOffice } from '../offices.ts';
import {
  FAST_MS,
  inTime,
  insiderOf,
  officeHour,
  spareCase,
  stranger,
  workday,
  type Attack,
  type Insider,
} from './attack.ts';

function look(
  dice: Dice,
  insider: Insider,
  at: {
    readonly time: number;
    readonly day: number;
    readonly isExplained: boolean;
    readonly fields?: readonly string[];
    readonly purpose?: string;
    readonly code?: string;
  },
): WatchedAnswer {
  const person = stranger(dice, insider);
  const isRefused = !at.isExplained && dice.chance(0.6);
  return answerOf(dice, insider.office, insider.officer, {
    time: at.time,
    caseId:
      at.code === undefined
        ? spareCase(insider, at.day)
        : at.code + spareCase(insider, at.day).slice(insider.office.code.length),
    ...(isRefused ? { code: 'CASE_NOT_VALID', reason: 'not-a-party' } : {}),
    ...(at.fields ? { fields: at.fields } : {}),
    ...(at.purpose === undefined ? {} : { purpose: at.purpose }),
    accesses: [
      { person: person.id, findings: findingsOf(insider.officer, person, { isParty: at.isExplained }) },
    ],
  });
}

/** In the night, or on a holiday or Sunday. */
export function workAtNight(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const isNight = dice.chance(0.6);
  let day = workday(dice, 1);
  if (!isNight)
    while (!isDayOff(vietNamDayOf(day)) || new Date(timeOf(day, 12)).getUTCDay() === 6)
      day = dice.between(SIMULATED_DAYS.warmUp, SIMULATED_DAYS.warmUp + 28);
  const insider = insiderOf(dice, offices, day, (office) => !(isNight && office.hasNightDuty));
  let time = timeOf(day, isNight ? 22.2 + dice.next() * 5 : 8 + dice.next() * 8);
  const pace = dice.logBetween(15_000, 25 * MINUTE_MS);
  const explained = dice.next() * 0.5;
  const answers = Array.from({ length: dice.between(4, 14) }, () => {
    time += pace * (0.4 + dice.next());
    return look(dice, insider, { time, day, isExplained: dice.chance(explained) });
  });
  return { pattern: 'nights-and-holidays', answers, acts: answers, within: FAST_MS };
}

/** Fields or a purpose that no colleague uses. */
export function askUnlikePeers(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const insider = insiderOf(dice, offices, day, ({ officers }) => officers.length >= 4);
  const { kind } = insider.office;
  const others = [
    'Citizen.religion',
    'Citizen.ethnicity',
    'Citizen.contact',
    'Citizen.oldIdNumbers',
    'Citizen.occupation',
  ];
  const isPurpose = dice.chance(0.3);
  const fields = isPurpose
    ? kind.fields
    : [...kind.fields, ...others.slice(dice.between(0, 2), dice.between(3, 5))];
  const pace = dice.logBetween(40_000, 12 * MINUTE_MS);
  let time = officeHour(dice, day) - 20 * MINUTE_MS;
  const answers = Array.from({ length: dice.between(5, 16) }, () => {
    time += pace * (0.4 + dice.next());
    return look(dice, insider, {
      time,
      day,
      isExplained: true,
      fields,
      ...(isPurpose ? { purpose: 'form-prefill' } : {}),
    });
  });
  return { pattern: 'unlike-peers', answers, acts: answers, within: FAST_MS };
}

/** Somebody has the password of an account that nobody uses any more. */
export function wakeAccount(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const first = dice.between(0, 2);
  const day = workday(dice) < 40 ? 40 + dice.between(0, 2) : workday(dice, 2);
  const { office } = insiderOf(dice, offices, first);
  const account = `old.${dice.hex().slice(0, 6)}`;
  const officer = {
    account,
    surname: 'Trần',
    commune: 'x1',
    from: 0,
    until: 99,
    leave: [],
    pace: 1,
    posting: null,
    shift: 0,
  };
  const insider = { office, officer };
  const before = Array.from({ length: 5 }, () =>
    look(dice, insider, { time: officeHour(dice, first), day: first, isExplained: true }),
  );
  const at = Math.max(day, first + 33);
  let time = dice.chance(0.6) ? officeHour(dice, at) : timeOf(at, 18 + dice.next() * 8);
  const pace = dice.logBetween(10_000, 30 * MINUTE_MS);
  const answers = Array.from({ length: dice.between(4, 14) }, () => {
    time += pace * (0.4 + dice.next());
    return look(dice, insider, { time, day: at, isExplained: dice.chance(0.25) });
  });
  return {
    pattern: 'dormant-account',
    answers: inTime([...before, ...answers]),
    acts: answers,
    within: FAST_MS,
  };
}

/** A stolen account is used in another province while its owner works. */
export function workInTwoPlaces(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const insider = insiderOf(dice, offices, day, ({ kind }) => !kind.isNational);
  const foreign = `H${String(((Number(insider.office.code.slice(1, 3)) + dice.between(1, 60)) % 63) + 1).padStart(2, '0')}.11`;
  let time = officeHour(dice, day) - 30 * MINUTE_MS;
  const pace = dice.logBetween(MINUTE_MS, 15 * MINUTE_MS);
  const answers: WatchedAnswer[] = [];
  const acts: WatchedAnswer[] = [];
  for (let turns = dice.between(4, 10); turns > 0; turns--) {
    time += pace * (0.4 + dice.next());
    // The owner's own work stands between the thief's.
    answers.push(look(dice, insider, { time, day, isExplained: true }));
    time += pace * (0.4 + dice.next());
    const theft = look(dice, insider, { time, day, isExplained: dice.chance(0.5), code: foreign });
    answers.push(theft);
    acts.push(theft);
  }
  return { pattern: 'two-places', answers, acts, within: FAST_MS };
}

/** An auditor asks for persons whom no order opens. */
export function auditBeyondOrder(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const insider = insiderOf(dice, offices, day);
  const officer = { ...insider.officer, account: `ktv.${dice.hex().slice(0, 6)}` };
  let time = officeHour(dice, day);
  const answers = Array.from({ length: dice.between(3, 8) }, () => {
    time += dice.logBetween(20_000, 40 * MINUTE_MS);
    const made = answerOf(dice, insider.office, officer, {
      time,
      caseId: 'KT-261001-0001',
      purpose: 'audit',
      accesses: [{ person: stranger(dice, insider).id, outcome: 'denied' }],
    });
    return { ...made, kind: 'auditor', client: 'auditor', actor: `auditor ${officer.account}` };
  });
  return { pattern: 'beyond-order', answers, acts: answers, within: FAST_MS };
}
