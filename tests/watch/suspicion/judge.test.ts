import { deserialize, serialize } from 'node:v8';
import { array, assert as assertAlways, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginJudging, judge, passTime, type JudgeState } from '../../../src/watch/suspicion/judge.ts';
import type { Suspicion } from '../../../src/watch/suspicion/pattern.ts';
import { simulateMonth } from '../../bench/watch/simulate.ts';
import { OfficeAtWork } from '../../bench/watch/normal-work.ts';
import { buildOffices } from '../../bench/watch/offices.ts';
import { Dice } from '../../bench/watch/dice.ts';
import { drain, newStrangers } from '../../bench/watch/attacks/stranger-attacks.ts';
import { walkIdentifiers } from '../../bench/watch/attacks/number-attacks.ts';

function someDays(seed: number) {
  const dice = new Dice(seed);
  const offices = buildOffices(dice, 1).slice(0, 2);
  const works = offices.map((office) => new OfficeAtWork(dice.fork(), office, () => null));
  const normal = Array.from({ length: 4 }, (_none, day) =>
    works.flatMap((work) => [...work.day(30 + day)]),
  ).flat();
  const attacks = [walkIdentifiers, newStrangers, drain].flatMap((make) => [
    ...make(dice.fork(), offices).answers,
  ]);
  return [...normal, ...attacks].toSorted(
    (one, other) => one.time - other.time || (one.id < other.id ? -1 : 1),
  );
}

function texts(found: readonly Suspicion[]): readonly string[] {
  return found.map((one) => JSON.stringify(one));
}

describe('the judge', () => {
  it('comes to the same alerts wherever it was started again from its kept state', () => {
    const answers = someDays(5);
    const whole = beginJudging();
    const expected = texts(answers.flatMap((answer) => [...judge(whole, answer)]));
    expect(expected.length).toBeGreaterThan(2);
    assertAlways(
      property(array(nat(answers.length - 1), { maxLength: 4 }), (stops) => {
        const restarts = new Set(stops);
        let state: JudgeState = beginJudging();
        const found = answers.flatMap((answer, at) => {
          if (restarts.has(at)) state = deserialize(serialize(state)) as JudgeState;
          return [...judge(state, answer)];
        });
        expect(texts(found)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  }, 30_000);

  it('does not depend on how often time passes without answers', () => {
    const answers = someDays(6);
    const one = beginJudging();
    const other = beginJudging();
    const expected = texts(answers.flatMap((answer) => [...judge(one, answer)]));
    const found = answers.flatMap((answer) => [...passTime(other, answer.time - 1), ...judge(other, answer)]);
    expect(texts(found)).toEqual(expected);
  });
});

it('a simulated month of few offices: what is planted is noticed, and little else', () => {
  const month = simulateMonth(11, { offices: 1, attacks: 1, kinds: 2 });
  const missed = month.outcomes.filter(({ any }) => any === null).map(({ attack }) => attack.pattern);
  expect(missed.length).toBeLessThanOrEqual(1);
  expect(month.falseAlerts.length).toBeLessThanOrEqual(3);
}, 60_000);
