import { expect, test } from 'vitest';
import { CALLER_RIGHTS_LIMITS, callerName, CallerRights } from '../../../src/sources/calls/caller-rights.ts';
import type { RecordKey } from '../../../src/sources/records/record.ts';

const KEY: RecordKey = { kind: 'population.person', key: '001190900011' };
const ADA = callerName('agency', 'inspection', 'ada');
const { value: LIFETIME } = CALLER_RIGHTS_LIMITS.lifetime;

test('a refusal names client, purpose, account and record', () => {
  const rights = new CallerRights();
  rights.refuse(KEY, [ADA]);
  expect(rights.of('agency', 'inspection', 'ada').isRefused(KEY)).toBe(true);
  for (const [client, purpose, officer] of [
    ['other', 'inspection', 'ada'],
    ['agency', 'prefill', 'ada'],
    ['agency', 'inspection', 'bao'],
  ] as const) {
    expect(rights.of(client, purpose, officer).isRefused(KEY)).toBe(false);
  }
  expect(rights.of('agency', 'inspection', 'ada').isRefused({ ...KEY, key: '001190900022' })).toBe(false);
});

test('it expires, and goes with the record until then', () => {
  let now = 1_000;
  const rights = new CallerRights(() => now);
  rights.refuse(KEY, [ADA]);
  expect(rights.refusalsOf(KEY)).toEqual([{ caller: ADA, until: 1_000 + LIFETIME }]);
  now += LIFETIME;
  expect(rights.refusalsOf(KEY)).toEqual([]);
  expect(rights.of('agency', 'inspection', 'ada').isRefused(KEY)).toBe(false);
});

test('what another instance learned is taken over with its own expiry', () => {
  let now = 1_000;
  const other = new CallerRights(() => now);
  const right = other.of('agency', 'inspection', 'ada');
  right.learn(KEY, [{ caller: ADA, until: 1_500 }]);
  expect(right.isRefused(KEY)).toBe(true);
  now = 1_500;
  expect(right.isRefused(KEY)).toBe(false);
});

test('it ends where the register gives the record after all', () => {
  const rights = new CallerRights();
  rights.refuse(KEY, [ADA]);
  rights.allow(KEY, [ADA]);
  expect(rights.of('agency', 'inspection', 'ada').isRefused(KEY)).toBe(false);
});
