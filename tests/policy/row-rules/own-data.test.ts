import { expect, test } from 'vitest';
import { ownData } from '../../../src/policy/row-rules/own-data.ts';
import {
  ADULT,
  ALONE,
  cleared,
  CONTEXT,
  FATHER,
  OFFICER,
  PERSON,
  type Decision,
  denies,
} from './fixtures.ts';

const SELF = { officer: { ...ALONE, personalId: PERSON } };
const DECISIONS: readonly Decision[] = [
  ['a system asks', {}, {}, false],
  ['another person', {}, { officer: ALONE }, false],
  ['the officer', {}, SELF, true],
  ['the officer, with every clearance', {}, { ...SELF, ...cleared('protected', 'deceased', 'minors') }, true],
  ['the officer, nation-wide', {}, { ...SELF, territory: 'nation' }, true],
  ['the officer, of the own unit', {}, { ...SELF, territory: 'caller-unit', callerUnit: '00070' }, true],
  ['the officer, without residence', { residence: null }, SELF, true],
  ['the officer, dead by mistake', { deathDate: '2020-01-01' }, SELF, true],
  ['the officer, protected', { isProtected: true }, { ...SELF, ...cleared('protected') }, true],
  ['the officer, a minor by mistake', { birthDate: '2020-01-01' }, SELF, true],
  ['the officer’s child', { parents: [OFFICER] }, { officer: ALONE }, false],
  ['the officer’s parent', {}, { officer: { ...ALONE, parents: [PERSON] } }, false],
  ['the officer’s spouse', { spouse: OFFICER }, { officer: { ...ALONE, spouse: PERSON } }, false],
  ['the officer’s sibling', { parents: [FATHER] }, { officer: { ...ALONE, parents: [FATHER] } }, false],
  ['an id that begins alike', {}, { officer: { ...ALONE, personalId: PERSON.slice(0, 11) } }, false],
  ['an officer without an id, by mistake', {}, { officer: { ...ALONE, personalId: '' } }, false],
];

test.each(DECISIONS)('%s', (_what, facts, context, isDenied) => {
  expect(denies(ownData, { ...ADULT, ...facts }, { ...CONTEXT, ...context })).toBe(isDenied);
});

test('is told', () => {
  expect(ownData).toMatchObject({ name: 'own-data', isTold: true });
});
