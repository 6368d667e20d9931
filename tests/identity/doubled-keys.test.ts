import { expect, it } from 'vitest';
import { hasDoubledKeys } from '../../src/identity/doubled-keys.ts';

it.each([
  ['{"a":1,"a":2}', true],
  [String.raw`{"a":1,"\u0061":2}`, true],
  [String.raw`{"\"":1,"\u0022":2}`, true],
  ['{"o":{"a":1,"a":2}}', true],
  ['{"o":[{"a":1},{"a":1,"a":1}]}', true],
  ['{"":1,"":2}', true],
  ['{"__proto__":1,"__proto__":2}', true],
  ['{"a":"x', true],
  ['{"a":{"a":{"a":1}}}', false],
  ['[{"a":1},{"a":1}]', false],
  ['{"a":"a","b":"a"}', false],
  ['{"a":["a","a"],"b":["a"]}', false],
  [String.raw`{"a":"\",\"a\":1","b":"{\"a\":1,\"a\":2}"}`, false],
  ['{"a":1,"A":2}', false],
])('%s: %s', (text, isDoubled) => {
  expect(hasDoubledKeys(text)).toBe(isDoubled);
});

it('reads a string without an end once, not from each of its quotes', () => {
  const time = (length: number): number => {
    const text = `{"a":"${'\\"'.repeat(length)}`;
    const startedAt = performance.now();
    expect(hasDoubledKeys(text)).toBe(true);
    return performance.now() - startedAt;
  };
  time(1_000);
  // Thirty times the length of the longest token: seconds where the work is quadratic.
  expect(time(100_000)).toBeLessThan(1_000);
});
