import { expect, test } from 'vitest';
import type { EvaluationResult } from '../../../src/sources/binding.ts';
import { isAlive, isMarried } from '../../../src/sources/civil-status/evaluations.ts';
import { BROKEN, type RecordValue } from '../../../src/sources/records/record.ts';

const TODAY = '2026-11-21';
const DEATH = { entryNo: '1', registeredOn: '2024-02-03', date: '2024-02-01' };

const ALIVE: readonly (readonly [
  what: string,
  events: RecordValue | null,
  person: RecordValue,
  wanted: EvaluationResult,
])[] = [
  ['nobody knows of a death', { death: null }, { deathDate: null }, true],
  ['both registers know of it', { death: DEATH }, { deathDate: '2024-02-01' }, false],
  ['civil status alone', { death: DEATH }, { deathDate: null }, false],
  ['the population register alone', { death: null }, { deathDate: '2024-02-01' }, false],
  ['civil status does not know the person', null, { deathDate: null }, true],
  ['nor the person whom the population register has as dead', null, { deathDate: '2024-02-01' }, false],
  ['a death with a broken day is a death', { death: { ...DEATH, date: BROKEN } }, { deathDate: null }, false],
  ['a broken entry of death', { death: BROKEN }, { deathDate: null }, BROKEN],
  ['a broken entry beside a death', { death: BROKEN }, { deathDate: '2024-02-01' }, false],
  ['a broken day of death', { death: null }, { deathDate: BROKEN }, BROKEN],
  ['a broken day beside an entry', { death: DEATH }, { deathDate: BROKEN }, false],
  ['both broken', { death: BROKEN }, { deathDate: BROKEN }, BROKEN],
  ['broken, and unknown to civil status', null, { deathDate: BROKEN }, BROKEN],
  ['a day that was not stored', { death: null }, {}, BROKEN],
  ['an entry that was not stored', {}, { deathDate: null }, BROKEN],
];
test.each(ALIVE)('isAlive: %s', (_what, events, person, wanted) => {
  expect(isAlive.evaluate(events, person, {}, TODAY)).toBe(wanted);
});

const since = (registeredOn: unknown, state: unknown = 'IN_FORCE') => ({ registeredOn, state });
const MARRIED: readonly (readonly [
  what: string,
  marriages: unknown,
  on: unknown,
  wanted: EvaluationResult,
])[] = [
  ['never', [], TODAY, false],
  ['in force today', [since('2015-06-20')], TODAY, true],
  ['registered today', [since(TODAY)], TODAY, true],
  ['divorced, today', [since('2015-06-20', 'DIVORCED')], TODAY, false],
  ['widowed, today', [since('2015-06-20', 'ENDED_BY_DEATH')], TODAY, false],
  ['again after a divorce', [since('2001-01-02', 'DIVORCED'), since('2015-06-20')], TODAY, true],
  ['the day before it was registered', [since('2015-06-20')], '2015-06-19', false],
  ['the day it was registered', [since('2015-06-20')], '2015-06-20', true],
  ['yesterday', [since('2015-06-20')], '2026-11-20', true],
  ['registered today, yesterday', [since(TODAY)], '2026-11-20', false],
  ['divorced, before it began', [since('2015-06-20', 'DIVORCED')], '2015-06-19', false],
  ['divorced, the day it began', [since('2015-06-20', 'DIVORCED')], '2015-06-20', 'HISTORY_UNSUPPORTED'],
  ['divorced, yesterday', [since('2015-06-20', 'DIVORCED')], '2026-11-20', 'HISTORY_UNSUPPORTED'],
  ['widowed, on a past day', [since('2001-01-02', 'ENDED_BY_DEATH')], '2010-01-01', 'HISTORY_UNSUPPORTED'],
  [
    'between a divorce and the next',
    [since('2001-01-02', 'DIVORCED'), since('2015-06-20')],
    '2010-01-01',
    'HISTORY_UNSUPPORTED',
  ],
  ['after both began', [since('2001-01-02', 'DIVORCED'), since('2015-06-20')], '2016-01-01', true],
  ['tomorrow', [since('2015-06-20')], '2026-11-22', null],
  ['on a day that is none', [since('2015-06-20')], '2026-02-29', null],
  ['on a day in another form', [since('2015-06-20')], '20/06/2015', null],
  ['on no day', [since('2015-06-20')], 2015, null],
  ['a broken list', BROKEN, TODAY, BROKEN],
  ['no list', undefined, TODAY, BROKEN],
  ['a broken entry', [BROKEN], TODAY, BROKEN],
  ['a broken entry beside one in force', [BROKEN, since('2015-06-20')], TODAY, true],
  ['a broken entry beside one that ended', [since('2015-06-20', 'DIVORCED'), BROKEN], '2016-01-01', BROKEN],
  ['a broken state', [since('2015-06-20', BROKEN)], TODAY, BROKEN],
  ['a state that was not stored', [{ registeredOn: '2015-06-20' }], TODAY, BROKEN],
  ['a broken day, today', [since(BROKEN)], TODAY, true],
  ['a broken day, divorced, today', [since(BROKEN, 'DIVORCED')], TODAY, false],
  ['a broken day, on a past day', [since(BROKEN)], '2016-01-01', BROKEN],
];
test.each(MARRIED)('isMarried: %s', (_what, marriages, on, wanted) => {
  expect(isMarried.evaluate({ marriages }, {}, { on }, TODAY)).toBe(wanted);
});

test('whom civil status does not know, it says nothing about', () => {
  expect(isMarried.evaluate(null, {}, { on: TODAY }, TODAY)).toBeNull();
});

const SPOUSE = '001190900022';
const MARRIAGE = { ...since('2015-06-20'), spouseId: SPOUSE };
/** A marriage ends with a death (Law 52/2014/QH13 art. 65), whatever its entry says. */
test.each<[string, object, RecordValue, ReadonlyMap<string, string | null>, string, EvaluationResult]>([
  ['both alive', {}, { deathDate: null }, new Map(), TODAY, true],
  ['dead by the population register', {}, { deathDate: '2024-02-01' }, new Map(), TODAY, false],
  ['dead by civil status', { death: { date: '2024-02-01' } }, { deathDate: null }, new Map(), TODAY, false],
  ['dead on no known day', { death: { date: BROKEN } }, { deathDate: null }, new Map(), TODAY, false],
  ['a dead spouse', {}, { deathDate: null }, new Map([[SPOUSE, '2024-02-01']]), TODAY, false],
  ['a spouse dead on no known day', {}, { deathDate: null }, new Map([[SPOUSE, null]]), TODAY, false],
  ['before the spouse died', {}, { deathDate: null }, new Map([[SPOUSE, '2024-02-01']]), '2024-01-31', true],
  ['after the spouse died', {}, { deathDate: null }, new Map([[SPOUSE, '2024-02-01']]), '2024-02-01', false],
  ['before the own death', {}, { deathDate: '2024-02-01' }, new Map(), '2024-01-31', true],
])('isMarried: %s', (_what, events, person, deaths, on, wanted) => {
  const record = { marriages: [MARRIAGE], death: null, ...events };
  expect(isMarried.kin?.(record)).toEqual([SPOUSE]);
  expect(isMarried.evaluate(record, person, { on }, TODAY, deaths)).toBe(wanted);
});
