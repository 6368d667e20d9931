import { expect, test } from 'vitest';
import { deceasedPersons } from '../../../src/policy/row-rules/deceased.ts';
import { ADULT, ALONE, cleared, CONTEXT, PERSON, type Decision, denies } from './fixtures.ts';

const DEAD = { deathDate: '2024-02-29' };
const DECISIONS: readonly Decision[] = [
  ['alive', {}, {}, false],
  ['dead', DEAD, {}, true],
  ['with the clearance', DEAD, cleared('deceased'), false],
  ['with every clearance', DEAD, cleared('protected', 'deceased', 'minors'), false],
  ['with another clearance', DEAD, cleared('protected'), true],
  ['with both other clearances', DEAD, cleared('protected', 'minors'), true],
  ['with the clearance, alive', {}, cleared('deceased'), false],
  ['died today', { deathDate: '2026-11-21' }, {}, true],
  ['died yesterday', { deathDate: '2026-11-20' }, {}, true],
  ['a death in the future, by mistake', { deathDate: '2027-01-01' }, {}, true],
  ['died long ago', { deathDate: '1950-01-01' }, {}, true],
  ['died before birth, by mistake', { deathDate: '1980-01-01' }, {}, true],
  ['a date that is none', { deathDate: '' }, {}, true],
  ['of the caller’s unit', DEAD, { territory: 'caller-unit', callerUnit: '00070' }, true],
  ['as a child', { ...DEAD, birthDate: '2020-01-01' }, cleared('minors'), true],
  ['without residence', { ...DEAD, residence: null }, cleared('deceased'), false],
  ['the officer', DEAD, { officer: { ...ALONE, personalId: PERSON } }, true],
];

test.each(DECISIONS)('%s', (_what, facts, context, isDenied) => {
  expect(denies(deceasedPersons, { ...ADULT, ...facts }, { ...CONTEXT, ...context })).toBe(isDenied);
});

test('is not told', () => {
  expect(deceasedPersons).toMatchObject({ name: 'deceased', isTold: false });
});
