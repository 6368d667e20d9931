import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { minors } from '../../../src/policy/row-rules/minor.ts';
import type { Applicant } from '../../../src/policy/row-rules/row-rule.ts';
import { ADULT, cleared, CONTEXT, type Decision, denies, PERSON, STRANGER } from './fixtures.ts';

/** Whether somebody born then is (or may be) under 18 on that day. */
const AGES: readonly (readonly [what: string, birthDate: string, today: string, isMinor: boolean])[] = [
  ['an adult', '1990-05-12', '2026-11-21', false],
  ['the day before the 18th birthday', '2008-11-22', '2026-11-21', true],
  ['the 18th birthday', '2008-11-21', '2026-11-21', false],
  ['the day after it', '2008-11-20', '2026-11-21', false],
  ['born today', '2026-11-21', '2026-11-21', true],
  ['born in the future, by mistake', '2027-01-01', '2026-11-21', true],
  ['31 December, on New Year’s Eve', '2008-12-31', '2026-12-30', true],
  ['31 December, on the day', '2008-12-31', '2026-12-31', false],
  ['1 January, on the day', '2009-01-01', '2027-01-01', false],
  ['1 January, the day before', '2009-01-01', '2026-12-31', true],
  ['29 February, 28 February of a common year', '2008-02-29', '2026-02-28', true],
  ['29 February, 1 March of a common year', '2008-02-29', '2026-03-01', false],
  ['28 February, on the day', '2008-02-28', '2026-02-28', false],
  ['1 March, on 28 February', '2008-03-01', '2026-02-28', true],
  ['28 February 2006, on 28 February of a leap year', '2006-02-28', '2024-02-28', false],
  ['1 March 2006, on 29 February', '2006-03-01', '2024-02-29', true],
  ['a year long ago', '1954', '2026-11-21', false],
  ['a year of whose children some are minors', '2008', '2026-11-21', true],
  ['such a year, on its last day but one', '2008', '2026-12-30', true],
  ['such a year, on its last day', '2008', '2026-12-31', false],
  ['the year after', '2009', '2026-12-31', true],
  ['a month long ago', '1954-07', '2026-11-21', false],
  ['this month, before its last day', '2008-11', '2026-11-29', true],
  ['this month of 30 days, on its last day', '2008-11', '2026-11-30', false],
  ['a month of 31 days, on its 30th', '2008-12', '2026-12-30', true],
  ['a month of 31 days, on its last day', '2008-12', '2026-12-31', false],
  ['the month before', '2008-10', '2026-11-01', false],
  ['the month after', '2008-12', '2026-11-30', true],
  ['February of a common year, on its last day', '2007-02', '2025-02-28', false],
  ['February of a leap year, on 28 February', '2008-02', '2026-02-28', true],
  ['February of a leap year, on 1 March', '2008-02', '2026-03-01', false],
  ['February 1900, no leap year', '1900-02', '1918-02-28', false],
  ['February 2000, a leap year', '2000-02', '2018-02-28', true],
];
test.each(AGES)('%s: %s on %s', (_what, birthDate, today, isMinor) => {
  expect(denies(minors, { ...ADULT, birthDate }, { ...CONTEXT, today })).toBe(isMinor);
});

const MALFORMED = [
  '',
  '19',
  '199',
  '19900',
  '1990-',
  '1990-5',
  '1990-05-',
  '1990-05-1',
  '1990-05-123',
  '1990-5-12',
  '19900512',
  '12/05/1990',
  '1990/05/12',
  '1990x05-12',
  '1990-05x12',
  '1990x05',
  '1990-00-12',
  '1990-13-12',
  '1990-05-00',
  '1990-05-32',
  '1990-04-31',
  '1990-02-29',
  '1900-02-29',
  '1990-13',
  '1990-00',
  '199O',
  '+990',
  '-990',
  ' 990',
  '1990-0x-12',
  '١٩٩٠',
  '1990-05-12T00:00:00Z',
  'unknown',
];
test.each(MALFORMED)('an unreadable birth date denies: "%s"', (birthDate) => {
  expect(denies(minors, { ...ADULT, birthDate }, CONTEXT)).toBe(true);
  expect(denies(minors, { ...ADULT, birthDate }, { ...CONTEXT, ...cleared('minors') })).toBe(false);
});

test.each(['', '2026', '2026-11-31', 'today'])('so does a day that is none: "%s"', (today) => {
  // The last day of 2026 would make of age whom today does not.
  expect(denies(minors, { ...ADULT, birthDate: '2008-12-01' }, { ...CONTEXT, today })).toBe(true);
});

const CHILD = { birthDate: '2015-06-01' };
const applicant = (one: Partial<Applicant> = {}) => ({
  applicants: [{ personalId: STRANGER, household: null, charges: [], ...one }],
});
const DECISIONS: readonly Decision[] = [
  ['a child', CHILD, {}, true],
  ['with the clearance', CHILD, cleared('minors'), false],
  ['with every clearance', CHILD, cleared('protected', 'deceased', 'minors'), false],
  ['with another clearance', CHILD, cleared('protected'), true],
  ['with both other clearances', CHILD, cleared('protected', 'deceased'), true],
  ['with the clearance, an adult', {}, cleared('minors'), false],
  ['of the caller’s unit', CHILD, { territory: 'caller-unit', callerUnit: '00070' }, true],
  ['without residence', { ...CHILD, residence: null }, cleared('minors'), false],
  ['of whom a stranger is the applicant', CHILD, applicant(), true],
  ['of a parent', { ...CHILD, parents: [STRANGER] }, applicant(), false],
  ['of one guardian of two', { ...CHILD, guardians: [PERSON, STRANGER] }, applicant(), false],
  [
    'of whom the books have the applicant as parent or guardian',
    CHILD,
    applicant({ charges: [PERSON] }),
    false,
  ],
  ['beside the applicant’s own charge', CHILD, applicant({ charges: ['001215900099'] }), true],
  ['who is the own applicant', CHILD, applicant({ personalId: PERSON, charges: [PERSON] }), true],
  ['of the same household', { ...CHILD, household: 'HK1' }, applicant({ household: 'HK1' }), false],
  ['without a household, as the applicant', CHILD, applicant({ household: null }), true],
  ['who died', { ...CHILD, deathDate: '2020-01-01' }, cleared('deceased'), true],
  ['a dead adult', { deathDate: '2020-01-01' }, {}, false],
];
test.each(DECISIONS)('%s', (_what, facts, context, isDenied) => {
  expect(denies(minors, { ...ADULT, ...facts }, { ...CONTEXT, ...context })).toBe(isDenied);
});

const day = fc.date({
  min: new Date('1900-01-01'),
  max: new Date('2099-12-31'),
  noInvalidDate: true,
});
const iso = (date: Date): string => date.toISOString().slice(0, 10);

test('agrees with the calendar on every full date', () => {
  fc.assert(
    fc.property(day, day, (birth, today) => {
      // JavaScript rolls 29 February of a common year over to 1 March.
      const ofAge = new Date(Date.UTC(birth.getUTCFullYear() + 18, birth.getUTCMonth(), birth.getUTCDate()));
      expect(denies(minors, { ...ADULT, birthDate: iso(birth) }, { ...CONTEXT, today: iso(today) })).toBe(
        iso(today) < iso(ofAge),
      );
    }),
  );
});

test('to know less never makes older', () => {
  fc.assert(
    fc.property(day, day, fc.constantFrom(4, 7), (birth, today, known) => {
      const isHidden = (birthDate: string) =>
        denies(minors, { ...ADULT, birthDate }, { ...CONTEXT, today: iso(today) });
      expect(isHidden(iso(birth).slice(0, known)) || !isHidden(iso(birth))).toBe(true);
    }),
  );
});

test('is not told', () => {
  expect(minors).toMatchObject({ name: 'minor', isTold: false });
});
