import { expect, test } from 'vitest';
import { loadDemoAgreements } from '../../support/demo-agreements.ts';
import { buildSchemaParts } from '../../support/plan-parts.ts';

const { agreements, builtIn } = loadDemoAgreements(buildSchemaParts());

/** Whoever changes a legal basis, or its mark, changes this table too, and has it read. */
const LEGAL_BASES: readonly (readonly [
  id: string,
  instrument: string,
  article: string,
  mark: 'published' | 'modelled',
])[] = [
  ['asset-inspection', 'Asset and income verification of persons with positions and powers', '-', 'modelled'],
  ['audit', 'Decree 278/2025/ND-CP', 'art. 14', 'modelled'],
  ['centre', 'Decree 278/2025/ND-CP', 'art. 13', 'modelled'],
  ['hanoi-land-registration', 'Land Law 31/2024/QH15', 'art. 163-166', 'modelled'],
  ['hcm-business-registration', 'Decree 168/2025/ND-CP', 'art. 11(1)', 'published'],
  ['hoankiem-civil-status', 'Law 60/2014/QH13 on civil status', '-', 'modelled'],
  ['hoankiem-social-assistance', 'Procedure 1.001776 (monthly social allowance)', '-', 'modelled'],
  ['own-data', 'Law 91/2025/QH15', 'art. 4', 'modelled'],
  ['owner', 'Circular 46/2022/TT-BCA', 'art. 8', 'modelled'],
  ['portal-form-prefill', 'Resolution 66.7/2025/NQ-CP', '-', 'modelled'],
];

test('every agreement names its legal basis and whether its text was at hand', () => {
  const rows = [...agreements, ...builtIn.values()].map(({ id, legalBasis }) => [
    id,
    legalBasis.instrument,
    legalBasis.article,
    legalBasis.isModelled ? 'modelled' : 'published',
  ]);
  expect(rows.toSorted(([one = ''], [other = '']) => one.localeCompare(other))).toEqual(LEGAL_BASES);
});

test('each demo agreement has its conditions', () => {
  const rows = agreements.map(({ id, territory, clearance, recordsPerHour, procedures }) => [
    id,
    territory,
    [...clearance].toSorted(),
    (recordsPerHour ?? 0) >= 100_000,
    [...procedures][0],
  ]);
  expect(rows).toEqual([
    ['hcm-business-registration', 'nation', [], true, '2.001610'],
    ['hoankiem-civil-status', 'nation', ['deceased', 'minors'], true, '1.001193'],
    ['portal-form-prefill', 'nation', [], true, '1.004222'],
    ['asset-inspection', 'nation', ['deceased', 'minors'], true, '1.004222'],
    ['hanoi-land-registration', 'nation', ['deceased'], true, '1.013831'],
    ['hoankiem-social-assistance', 'caller-unit', ['deceased', 'minors'], true, '1.001776'],
  ]);
});

test('no two demo agreements provide the same in the same words', () => {
  expect(new Set(agreements.map(({ digest }) => digest)).size).toBe(agreements.length);
});
