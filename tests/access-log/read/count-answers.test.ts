import { describe, expect, test } from 'vitest';
import { addUp, withoutSmall } from '../../../src/access-log/read/search/count-answers.ts';

/** Counts that a total, known from another count, must not tell. */
const told = (...answers: readonly number[]): readonly (number | null)[] =>
  withoutSmall(answers.map((one, at) => ({ value: String(at), answers: one }))).map((one) => one.answers);

describe('counts', () => {
  test.each<readonly [what: string, given: readonly number[], shown: readonly (number | null)[]]>([
    ['none small', [10, 11, 500], [10, 11, 500]],
    ['one small: the next larger one goes with it', [3, 40, 12, 500], [null, 40, null, 500]],
    ['two small', [3, 4, 12], [null, null, 12]],
    ['two of one answer each, which their sum would tell', [1, 1, 12, 30], [null, null, null, 30]],
    ['two of nine, which their sum would tell', [9, 9, 12, 30], [null, null, null, 30]],
    ['one alone', [3], [null]],
    ['nothing', [], []],
  ])('%s', (_what, given, shown) => expect(told(...given)).toEqual(shown));
});

test('a sum over a suppressed count is suppressed, and what has no group stands under a dash', () => {
  const counts = [
    { value: 'a', answers: 20 },
    { value: 'b', answers: null },
    { value: 'c', answers: 30 },
    { value: 'd', answers: 12 },
    { value: 'e', answers: 11 },
  ];
  const groups: Readonly<Record<string, string>> = { a: '00070', b: '00070', c: '00004', d: '00004' };
  expect(addUp(counts, (value) => groups[value] ?? null)).toEqual([
    { value: '-', answers: 11 },
    { value: '00004', answers: 42 },
    { value: '00070', answers: null },
  ]);
});
