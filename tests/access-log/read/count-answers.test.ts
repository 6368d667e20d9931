import { describe, expect, test } from 'vitest';
import { withoutSmall } from '../../../src/access-log/read/search/count-answers.ts';

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
