import { expect, test } from 'vitest';
import { CITIZEN_RATE_LIMITS, CitizenRate } from '../../src/http/budget/citizen-rate.ts';

test('a citizen has a burst, then so many a second, and others have their own', () => {
  let now = 0;
  const rate = new CitizenRate(() => now);
  const takeAll = (citizen: string): number => {
    let taken = 0;
    while (rate.take(citizen)) taken += 1;
    return taken;
  };
  expect(takeAll('a')).toBe(CITIZEN_RATE_LIMITS.burst.value);
  expect(rate.take('a')).toBe(false);
  expect(rate.take('b')).toBe(true);
  now += 1_000;
  expect(takeAll('a')).toBe(CITIZEN_RATE_LIMITS.perSecond.value);
  now += 3_600_000;
  expect(takeAll('a')).toBe(CITIZEN_RATE_LIMITS.burst.value);
});
