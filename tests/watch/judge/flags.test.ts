import { expect, test } from 'vitest';
import { flagsIn, type Days } from '../../../src/watch/judge/flags.ts';
import { flagText } from '../../../src/watch/judge/flag-text.ts';
import { levelOfRegister, levelOfUnit, worstLevel } from '../../../src/watch/judge/level.ts';
import {
  judgedDay,
  type ActivityScope,
  type JudgedDay,
  type KeptActivity,
} from '../../../src/watch/series/activity.ts';
import { dayBefore } from '../../../src/watch/series/activity-series.ts';
import { LatencyHistogram } from '../../../src/watch/series/latency-histogram.ts';

/** Noon of a Monday in Viet Nam. */
const NOW = Date.parse('2026-11-30T05:00:00Z');
const TODAY = '2026-11-30';
const HOUR_MS = 3_600_000;

function day(
  ago: number,
  scope: ActivityScope,
  given: Partial<KeptActivity> & { readonly ms?: number } = {},
): JudgedDay {
  const { ms = 20, ...rest } = given;
  const times = new LatencyHistogram();
  for (let one = 0; one < 100; one++) times.add(ms);
  return judgedDay({
    scope,
    code: '',
    day: dayBefore(TODAY, ago),
    requests: 100,
    refused: 0,
    failed: 0,
    forms: 0,
    askedAnyway: 0,
    lastAt: NOW - ago * 24 * HOUR_MS,
    buckets: times.kept(),
    ...rest,
  });
}

const named = (scope: ActivityScope, all: Readonly<Record<string, Days>>, now = NOW) =>
  flagsIn(scope, new Map(Object.entries(all)), now).map(
    ({ code, reason, days }) => `${code} ${reason} ${days}`,
  );

const well = (scope: ActivityScope) => [day(1, scope), day(0, scope)];

test('a register that was slow for a day is named on that day, with the days since it began', () => {
  const all = {
    population: well('register'),
    land: [day(2, 'register'), day(1, 'register', { ms: 2_000 }), day(0, 'register', { ms: 2_000 })],
  };
  expect(named('register', all)).toEqual(['land SLOW 2']);
  // A day that denies it ends it.
  expect(named('register', { ...all, land: [...all.land.slice(0, 2), day(0, 'register')] })).toEqual([]);
  // What was slow yesterday is named until today says something else.
  const yesterday = day(1, 'register', { ms: 2_000, lastAt: NOW - 20 * HOUR_MS });
  expect(named('register', { ...all, land: [yesterday] })).toEqual(['land SLOW 1']);
});

test('a register whose calls fail is named; a few calls say nothing', () => {
  const failing = (requests: number) => ({
    population: well('register'),
    land: [day(0, 'register', { requests, failed: requests / 2 })],
  });
  expect(named('register', failing(100))).toEqual(['land FAILING 1']);
  expect(named('register', failing(10))).toEqual([]);
});

test('a register that answered nothing for a day is named while others answer', () => {
  const silent = [
    day(1, 'register', { lastAt: NOW - 25 * HOUR_MS }),
    day(0, 'register', { failed: 100, lastAt: null }),
  ];
  expect(named('register', { population: well('register'), land: silent })).toEqual(['land SILENT 1']);
});

test('an office that fell silent is named within a day, but not on a holiday when all are silent', () => {
  const quiet = (hours: number) => [day(1, 'office', { lastAt: NOW - hours * HOUR_MS })];
  const one = { civil: quiet(25), social: well('office'), land: well('office') };
  expect(named('office', one)).toEqual(['civil SILENT 1']);
  expect(named('office', { ...one, civil: quiet(23) })).toEqual([]);
  expect(named('office', { civil: quiet(25), social: quiet(26), land: quiet(25) })).toEqual([]);
  // With nobody to compare with, silence may have any reason.
  expect(named('office', { civil: quiet(25) })).toEqual([]);
  // Others that have been away for weeks are no measure.
  expect(
    named('office', {
      civil: quiet(25),
      social: well('office'),
      old: [day(20, 'office')],
      older: [day(21, 'office')],
    }),
  ).toContain('civil SILENT 1');
});

test('an office that is mostly refused, or asks for papers that data has answered, is named', () => {
  const all = {
    civil: [day(0, 'office', { refused: 60 })],
    social: [day(1, 'office', { askedAnyway: 3 }), day(0, 'office', { askedAnyway: 2 })],
  };
  expect(named('office', all)).toEqual(['social ASKS_ANYWAY 2', 'civil REFUSED 1']);
});

test('a flag says what was measured, in Vietnamese', () => {
  const [flag] = flagsIn('register', new Map([['land', [day(0, 'register', { ms: 1_250 })]]]), NOW);
  expect(flag && flagText(flag)).toBe('Chậm 1 ngày: 99% lượt dưới 1.450 ms, ngưỡng 1.000 ms');
});

test('colours: grey where nothing can be judged, and never green without data', () => {
  const unit = { requests: 100, refused: 0, failed: 0, p99Ms: 30 };
  expect(levelOfUnit(unit)).toBe('GREEN');
  expect(levelOfUnit({ ...unit, requests: 9 })).toBe('GREY');
  expect(levelOfUnit({ ...unit, refused: 20 })).toBe('YELLOW');
  expect(levelOfUnit({ ...unit, refused: 51 })).toBe('RED');
  expect(levelOfUnit({ ...unit, p99Ms: 2_500 })).toBe('YELLOW');
  expect(levelOfRegister({ ...unit, requests: 0, p99Ms: null }, 'closed')).toBe('GREY');
  expect(levelOfRegister(unit, 'closed')).toBe('GREEN');
  expect(levelOfRegister(unit, 'half-open')).toBe('YELLOW');
  expect(levelOfRegister({ ...unit, requests: 0, p99Ms: null }, 'open')).toBe('RED');
  expect(levelOfRegister({ ...unit, failed: 2 }, 'closed')).toBe('YELLOW');
  expect(levelOfRegister({ ...unit, failed: 10 }, null)).toBe('RED');
  expect(levelOfRegister({ ...unit, p99Ms: 1_500 }, null)).toBe('YELLOW');
  expect(worstLevel([])).toBe('GREY');
});
