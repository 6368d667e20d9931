import { expect, test } from 'vitest';
import { protectedPersons } from '../../../src/policy/row-rules/protected.ts';
import { ADULT, ALONE, cleared, CONTEXT, living, PERSON, type Decision, denies } from './fixtures.ts';

const PROTECTED = { isProtected: true };
const DECISIONS: readonly Decision[] = [
  ['nobody to protect', {}, {}, false],
  ['a protected person', PROTECTED, {}, true],
  ['with the clearance', PROTECTED, cleared('protected'), false],
  ['with every clearance', PROTECTED, cleared('protected', 'deceased', 'minors'), false],
  ['with another clearance', PROTECTED, cleared('deceased'), true],
  ['with both other clearances', PROTECTED, cleared('deceased', 'minors'), true],
  ['with the clearance, nobody to protect', {}, cleared('protected'), false],
  ['of the caller’s unit', PROTECTED, { territory: 'caller-unit', callerUnit: '00070' }, true],
  ['in a listed province', PROTECTED, { territory: ['01'] }, true],
  ['a child', { ...PROTECTED, birthDate: '2020-01-01' }, cleared('minors'), true],
  ['a dead person', { ...PROTECTED, deathDate: '2020-01-01' }, cleared('deceased'), true],
  ['a dead person, unprotected', { deathDate: '2020-01-01' }, {}, false],
  ['a child, unprotected', { birthDate: '2020-01-01' }, {}, false],
  ['without residence', { ...PROTECTED, residence: null }, {}, true],
  ['without residence, cleared', { ...PROTECTED, residence: null }, cleared('protected'), false],
  ['the officer', PROTECTED, { officer: { ...ALONE, personalId: PERSON } }, true],
  ['residence unknown', { ...PROTECTED, ...living('99999', '99', 'undated') }, cleared('protected'), false],
];

test.each(DECISIONS)('%s', (_what, facts, context, isDenied) => {
  expect(denies(protectedPersons, { ...ADULT, ...facts }, { ...CONTEXT, ...context })).toBe(isDenied);
});

test('is not told', () => {
  expect(protectedPersons).toMatchObject({ name: 'protected', isTold: false });
});
