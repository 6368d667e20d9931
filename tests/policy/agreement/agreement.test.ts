import { vietNamDay } from '../../../src/log-format/viet-nam-time.ts';
import { describe, expect, test } from 'vitest';
import type { CallerKind } from '../../../src/identity/registered-clients.ts';
import { isInForce } from '../../../src/policy/agreement/agreement.ts';
import { denyRoot } from '../../../src/policy/grant/deny-root.ts';
import { selectAgreement } from '../../../src/policy/agreement/select-agreement.ts';
import { agreementOf } from '../../support/agreement.ts';
import { codeOf } from '../../sources/fixtures/register-fixture.ts';

const NOON = Date.UTC(2026, 5, 1, 12);

test.each([
  ['the last moment before its first day', Date.UTC(2025, 11, 31, 16, 59, 59, 999), '2025-12-31', false],
  ['midnight in Viet Nam', Date.UTC(2025, 11, 31, 17), '2026-01-01', true],
  ['the last moment of its last day', Date.UTC(2026, 11, 31, 16, 59, 59, 999), '2026-12-31', true],
  ['the next one', Date.UTC(2026, 11, 31, 17), '2027-01-01', false],
])('in force by dates of Viet Nam: %s', (_name, moment, date, isOn) => {
  expect(vietNamDay(moment)).toBe(date);
  expect(isInForce(agreementOf({}), moment)).toBe(isOn);
});

describe('the agreement of a request', () => {
  const inspection = agreementOf({ id: 'inspection' });
  const expired = agreementOf({ id: 'expired', purpose: 'land-registration', validUntil: '2026-01-31' });
  const foreign = agreementOf({ id: 'foreign', purpose: 'form-prefill', systems: new Set(['dvc-portal']) });
  const ownData = agreementOf({ id: 'own-data' });
  const set = {
    agreements: [inspection, expired, foreign],
    builtIn: new Map<CallerKind, typeof ownData>([['citizen', ownData]]),
  };
  const select = (purpose: string | undefined, kind: CallerKind = 'agency') =>
    selectAgreement(set, { clientId: 'inspectorate', kind }, purpose, NOON);

  test('is chosen by purpose and client', () => {
    expect(select('inspection')).toBe(inspection);
    expect(select(undefined, 'citizen')).toBe(ownData);
    expect(select('inspection', 'citizen')).toBe(ownData);
  });

  test.each([
    [undefined, 'PURPOSE_REQUIRED'],
    ['Inspection', 'PURPOSE_UNKNOWN'],
    ['inspection ', 'PURPOSE_UNKNOWN'],
    ['nothing-such', 'PURPOSE_UNKNOWN'],
    ['x'.repeat(65), 'PURPOSE_UNKNOWN'],
    ['form-prefill', 'PURPOSE_NOT_GRANTED'],
    ['land-registration', 'AGREEMENT_EXPIRED'],
  ])('purpose %s: %s', async (purpose, code) => {
    expect(await codeOf(Promise.resolve().then(() => select(purpose)))).toBe(code);
  });
});

test.each([
  [{ ownDataOnly: true }, '001', false, null],
  [{ ownDataOnly: true }, '002', false, 'own-data'],
  [{ ownDataOnly: true, needsMatch: true }, '002', false, 'own-data'],
  [{ needsMatch: true }, '002', false, 'match'],
  [{ needsMatch: true }, '002', true, null],
  [{}, '002', false, null],
  [{}, '003', true, 'own-data'],
  [{ ownDataOnly: true }, '003', false, 'own-data'],
])('root rules %o for %s, factor %s: %s', (given, key, hasMatch, rule) => {
  expect(
    denyRoot(agreementOf(given), { key, hasMatch }, { subject: '001', officerPersonalId: '003' }),
  ).toEqual(rule === null ? null : { code: 'ROW_DENIED', rule });
});
