import { expect, test } from 'vitest';
import { territories } from '../../../src/policy/row-rules/territory.ts';
import type { RowContext } from '../../../src/policy/row-rules/row-rule.ts';
import { ADULT, cleared, CONTEXT, living, type Decision, denies } from './fixtures.ts';

const HOAN_KIEM: Partial<RowContext> = { territory: 'caller-unit', callerUnit: '00070' };
const listed = (...territory: readonly string[]): Partial<RowContext> => ({ territory });

const DECISIONS: readonly Decision[] = [
  ['nation', {}, {}, false],
  ['nation: no residence', { residence: null }, {}, false],
  ['nation: undated', living('00070', '01', 'undated'), {}, false],
  ['nation: ambiguous', living('00634', '01', 'former'), {}, false],
  ['nation: unknown', living('99999', '01'), {}, false],
  ['nation: contradictory', living('00070', '79'), {}, false],

  ['own unit', {}, HOAN_KIEM, false],
  ['own unit: former commune that went there', living('00043', '01', 'former'), HOAN_KIEM, false],
  ['own unit: another commune', living('00082', '01'), HOAN_KIEM, true],
  ['own unit: former commune that went elsewhere', living('00001', '01', 'former'), HOAN_KIEM, true],
  ['own unit: former code equals today’s, but was split', living('00070', '01', 'former'), HOAN_KIEM, true],
  ['own unit: split commune, default there', living('00040', '01', 'former'), HOAN_KIEM, true],
  ['own unit: undated', living('00070', '01', 'undated'), HOAN_KIEM, true],
  ['own unit: former code as if of today', living('00043', '01'), HOAN_KIEM, true],
  ['own unit: contradictory province', living('00070', '79'), HOAN_KIEM, true],
  ['own unit: contradictory former province', living('00043', '02', 'former'), HOAN_KIEM, true],
  ['own unit: no residence', { residence: null }, HOAN_KIEM, true],
  ['own unit: nobody knows the caller’s', {}, { ...HOAN_KIEM, callerUnit: null }, true],
  ['own unit: neither is known', { residence: null }, { ...HOAN_KIEM, callerUnit: null }, true],
  ['own unit: the caller’s is empty', {}, { ...HOAN_KIEM, callerUnit: '' }, true],
  ['own unit: the caller’s is unknown', {}, { ...HOAN_KIEM, callerUnit: '99999' }, true],
  ['own unit: both unknown, but equal', living('99999', '01'), { ...HOAN_KIEM, callerUnit: '99999' }, true],
  ['own unit: the caller’s is a province', {}, { ...HOAN_KIEM, callerUnit: '01' }, true],
  [
    'own unit: the caller’s is a former code',
    living('00043', '01', 'former'),
    { ...HOAN_KIEM, callerUnit: '00043' },
    true,
  ],
  [
    'own unit: clearances do not widen it',
    living('00082', '01'),
    { ...HOAN_KIEM, ...cleared('protected') },
    true,
  ],

  ['list: the commune', {}, listed('00070'), false],
  ['list: the province', {}, listed('01'), false],
  ['list: one of several', {}, listed('79', '00082', '00070'), false],
  ['list: another commune', {}, listed('00082'), true],
  ['list: another province', {}, listed('79'), true],
  ['list: nothing', {}, listed(), true],
  ['list: the caller’s unit is not meant', {}, { ...listed('79'), callerUnit: '00070' }, true],
  ['list: former commune that went there', living('00043', '01', 'former'), listed('00070'), false],
  ['list: former commune by its former code', living('00043', '01', 'former'), listed('00043'), true],
  ['list: former province, today’s listed', living('00692', '02', 'former'), listed('08'), false],
  ['list: former province listed', living('00692', '02', 'former'), listed('02'), true],
  [
    'list: ambiguous, though all parts lie in the province',
    living('00634', '01', 'former'),
    listed('01'),
    true,
  ],
  ['list: undated', living('00070', '01', 'undated'), listed('01', '00070'), true],
  ['list: unknown commune of the province', living('99999', '01'), listed('01'), true],
  ['list: unknown commune that is listed', living('99999', '01'), listed('99999'), true],
  ['list: province says yes, commune no', living('26737', '01'), listed('01'), true],
  ['list: commune says yes, province no', living('00070', '79'), listed('00070'), true],
  ['list: no residence', { residence: null }, listed('01'), true],
  ['list: codes without their leading zero', {}, listed('1', '70'), true],
  ['list: a former island district', living('755', '77', 'former'), listed('79'), false],
];

test.each(DECISIONS)('%s', (_what, facts, context, isDenied) => {
  expect(denies(territories, { ...ADULT, ...facts }, { ...CONTEXT, ...context })).toBe(isDenied);
});

test('is not told', () => {
  expect(territories).toMatchObject({ name: 'territory', isTold: false });
});
