import type { WatchedAnswer } from '../../../../src/watch/access/watched-answer.ts';
import { answerOf, findingsOf, MINUTE_MS } from '../answers.ts';
import type { Dice } from '../dice.ts';
import { isAtWork } from '../normal-work.ts';
import type { SimulatedOffice } from '../offices.ts';
import {
  FAST_MS,
  inTime,
  insiderOf,
  officeHour,
  spareCase,
  stranger,
  workday,
  workdayFrom,
  type Attack,
} from './attack.ts';

/** Kin, housemates, neighbours of the same surname: one after the other, or the same ones on other days. */
export function lookAtOwnCircle(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const first = workday(dice, 8);
  const insider = insiderOf(dice, offices, first);
  const { officer, office } = insider;
  const isKin = dice.chance(0.6);
  let day = first;
  let time = officeHour(dice, day);
  const answers = Array.from({ length: dice.between(4, 9) }, () => {
    if (dice.chance(0.3)) {
      day = workdayFrom(day + 1);
      time = officeHour(dice, day);
    } else time += dice.logBetween(30_000, 40 * MINUTE_MS);
    const person = { ...stranger(dice, insider), commune: officer.commune, surname: officer.surname };
    const isDenied = isKin && dice.chance(0.3);
    const findings = findingsOf(officer, person, {
      isParty: isKin && dice.chance(0.15),
      isKin,
      isHousemate: isKin && dice.chance(0.4),
    });
    return answerOf(dice, office, officer, {
      time,
      caseId: spareCase(insider, day),
      ...(isDenied || dice.chance(0.5) ? {} : { code: 'CASE_NOT_VALID', reason: 'not-a-party' }),
      accesses: [
        {
          person: person.id,
          findings,
          ...(isDenied ? ({ outcome: 'denied', rule: 'relatives' } as const) : {}),
        },
      ],
    });
  });
  return { pattern: 'own-circle', answers, acts: answers, within: FAST_MS };
}

/** Several officers of one office look at one person whom everybody talks about. */
export function lookAtOnePerson(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const insider = insiderOf(dice, offices, day);
  const { office } = insider;
  const present = office.officers.filter((one) => isAtWork(one, day)).slice(0, dice.between(1, 5));
  const person = stranger(dice, insider);
  const looks: WatchedAnswer[] = Array.from({ length: dice.between(6, 16) }, () => {
    const officer = dice.pick(present);
    return answerOf(dice, office, officer, {
      time: officeHour(dice, day),
      caseId: spareCase(insider, day),
      accesses: [{ person: person.id, findings: findingsOf(officer, person, { isParty: false }) }],
    });
  });
  const answers = inTime(looks);
  // The first visits are told apart from one visit with several looks: the third act is the third visit after the first.
  return { pattern: 'same-person', answers, acts: visitsOf(answers).slice(1), within: FAST_MS };
}

function visitsOf(answers: readonly WatchedAnswer[]): readonly WatchedAnswer[] {
  const last = new Map<string, number>();
  return answers.filter(({ actor, time }) => {
    const isNew = time - (last.get(actor) ?? -Infinity) >= 15 * MINUTE_MS;
    last.set(actor, time);
    return isNew;
  });
}

/** Ask after ask about a protected person, by one officer or several, for days. */
export function askForHidden(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const first = workday(dice, 7);
  const person = { id: '', commune: '', surname: '' };
  const insiders = Array.from({ length: dice.between(1, 3) }, () => insiderOf(dice, offices, first));
  const [one] = insiders;
  if (!one) throw new Error('no insider');
  Object.assign(person, stranger(dice, one));
  let day = first;
  const answers = Array.from({ length: dice.between(4, 9) }, () => {
    if (dice.chance(0.4)) day = workdayFrom(day + 1);
    const insider = dice.pick(insiders);
    const findings = findingsOf(insider.officer, person, { isParty: false });
    return answerOf(dice, insider.office, insider.officer, {
      time: officeHour(dice, day),
      caseId: spareCase(insider, day),
      accesses: [
        {
          person: person.id,
          outcome: 'denied',
          rule: dice.chance(0.8) ? 'protected' : 'territory',
          findings,
        },
      ],
    });
  });
  const sorted = inTime(answers);
  return { pattern: 'hidden-person', answers: sorted, acts: sorted, within: FAST_MS };
}
