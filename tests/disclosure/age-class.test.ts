import { expect, test } from 'vitest';
import { ageClassOf, olderOf, type AgeClass } from '../../src/disclosure/age-class.ts';

const MINUTE = 60_000;

test.each<[number, AgeClass]>([
  [0, '1m'],
  [-5_000, '1m'],
  [MINUTE - 1, '1m'],
  [MINUTE, '10m'],
  [10 * MINUTE - 1, '10m'],
  [10 * MINUTE, '1h'],
  [60 * MINUTE - 1, '1h'],
  [60 * MINUTE, '1d'],
  [24 * 60 * MINUTE - 1, '1d'],
  [24 * 60 * MINUTE, 'older'],
])('%i ms is %s', (ageMs, age) => {
  expect(ageClassOf(ageMs)).toBe(age);
});

test('of two the older', () => {
  const classes: readonly AgeClass[] = ['live', '1m', '10m', '1h', '1d', 'older'];
  for (const [rank, one] of classes.entries()) {
    for (const [otherRank, other] of classes.entries()) {
      expect(olderOf(one, other)).toBe(rank > otherRank ? one : other);
    }
  }
});
