import { answerOf, findingsOf, MINUTE_MS, SECOND_MS } from '../answers.ts';
import type { Dice } from '../dice.ts';
import type { SimulatedOffice } from '../offices.ts';
import { neighbourOf, personalId } from '../persons.ts';
import { FAST_MS, insiderOf, officeHour, spareCase, stranger, workday, type Attack } from './attack.ts';

/** Somebody walks along identifiers, at a pace and with steps of their own. */
export function walkIdentifiers(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const insider = insiderOf(dice, offices, day);
  const start = personalId(dice);
  const pace = dice.logBetween(3 * SECOND_MS, 12 * MINUTE_MS);
  const step = dice.between(1, 4);
  const isComplicit = dice.chance(0.2);
  const caseId = spareCase(insider, day);
  let time = officeHour(dice, day);
  const answers = Array.from({ length: dice.between(4, 30) }, (_none, at) => {
    time += pace * (0.5 + dice.next());
    const id = neighbourOf(start, at * step);
    const person = { ...stranger(dice, insider), id };
    const isThere = dice.chance(0.6);
    const findings = findingsOf(insider.officer, person, { isParty: isComplicit });
    const refusal = isComplicit ? {} : { code: 'CASE_NOT_VALID', reason: 'not-a-party' };
    const outcome = isThere ? {} : ({ outcome: 'not-found' } as const);
    return answerOf(dice, insider.office, insider.officer, {
      time,
      caseId: isComplicit || dice.chance(0.7) ? caseId : spareCase(insider, day),
      ...refusal,
      accesses: [{ person: id, findings, ...(isComplicit ? outcome : {}) }],
    });
  });
  return { pattern: 'walking-identifiers', answers, acts: answers, within: FAST_MS };
}

/** Somebody tries factors of a person, or numbers of dossiers. */
export function guess(dice: Dice, offices: readonly SimulatedOffice[]): Attack {
  const day = workday(dice);
  const pace = dice.logBetween(4 * SECOND_MS, 8 * MINUTE_MS);
  let time = officeHour(dice, day);
  const later = (): number => (time += pace * (0.5 + dice.next()));
  if (dice.chance(0.5)) {
    const insider = insiderOf(dice, offices, day, ({ kind }) => kind.needsMatch);
    const caseId = spareCase(insider, day);
    const isOnePerson = dice.chance(0.7);
    let person = stranger(dice, insider);
    const answers = Array.from({ length: dice.between(isOnePerson ? 3 : 8, 14) }, (_none, at) => {
      if (!isOnePerson && at % 2 === 0) person = stranger(dice, insider);
      const findings = findingsOf(insider.officer, person, { isParty: dice.chance(0.5) });
      return answerOf(dice, insider.office, insider.officer, {
        time: later(),
        caseId,
        accesses: [{ person: person.id, outcome: 'denied', rule: 'match', findings }],
      });
    });
    // Of several persons, the act is that a person was given up.
    const acts = isOnePerson ? answers : answers.filter((_one, at) => at % 2 === 1).slice(2);
    return { pattern: 'guessing', answers, acts, within: FAST_MS };
  }
  const insider = insiderOf(dice, offices, day);
  const person = stranger(dice, insider);
  const first = dice.between(100, 4_000);
  const step = dice.between(1, 9);
  const prefix = spareCase(insider, day - dice.between(0, 20)).slice(0, -4);
  const answers = Array.from({ length: dice.between(4, 16) }, (_none, at) =>
    answerOf(dice, insider.office, insider.officer, {
      time: later(),
      caseId: `${prefix}${String(first + at * step).padStart(4, '0')}`,
      code: 'CASE_NOT_VALID',
      reason: dice.pick(['unknown', 'unassigned', 'closed']),
      accesses: [{ person: person.id, findings: findingsOf(insider.officer, person, { isParty: false }) }],
    }),
  );
  return { pattern: 'guessing', answers, acts: answers, within: FAST_MS };
}
