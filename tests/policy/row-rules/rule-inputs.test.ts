import { expect, test } from 'vitest';
import { decideRow, FOUND_ELSEWHERE, ROW_RULES } from '../../../src/policy/row-rules/decide-row.ts';
import type { PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';
import type { RowContext, RowRuleName } from '../../../src/policy/row-rules/row-rule.ts';
import {
  bitsOf,
  inputIn,
  inputsOf,
  inputsText,
  mergeInputs,
  NO_INPUTS,
  RULES_BY_PLACE,
} from '../../../src/policy/row-rules/rule-inputs.ts';
import { ADULT, ALONE, cleared, CONTEXT, OFFICER, PERSON } from './fixtures.ts';

const PROTECTED = { isProtected: true };
const DEAD = { deathDate: '2024-02-29' };
const CHILD = { birthDate: '2015-06-01' };
const KIN = { parents: [OFFICER] };
const ELSEWHERE = { territory: ['79'] };
const HERE = { territory: ['01'] };
const ALL = cleared('protected', 'deceased', 'minors');

/** protected, territory, deceased, minor, own-data, relatives, match, unknown-person. */
const DECIDED: readonly (readonly [
  what: string,
  facts: Partial<PersonFacts>,
  context: Partial<RowContext>,
  inputs: string,
  decision: RowRuleName | 'unreadable' | null,
])[] = [
  ['nobody to hide, for a system', {}, {}, '0-00----', null],
  ['nobody to hide, for an officer of an office', {}, { ...HERE, officer: ALONE }, '000000--', null],
  ['with every clearance', { ...PROTECTED, ...DEAD, ...CHILD }, ALL, '--------', null],
  ['with every clearance, an officer', PROTECTED, { ...ALL, officer: ALONE }, '----00--', null],
  [
    'protected: nothing else is asked',
    { ...PROTECTED, ...DEAD, ...CHILD },
    ELSEWHERE,
    '1-------',
    'protected',
  ],
  ['protected, cleared', { ...PROTECTED, ...DEAD }, cleared('protected'), '--1-----', 'deceased'],
  ['elsewhere', DEAD, ELSEWHERE, '01------', 'territory'],
  ['dead', DEAD, { ...HERE, officer: ALONE }, '001-----', 'deceased'],
  ['a child', CHILD, {}, '0-01----', 'minor'],
  ['the officer', {}, { officer: { ...ALONE, personalId: PERSON } }, '0-001---', 'own-data'],
  ['a relative', KIN, { officer: ALONE }, '0-0001--', 'relatives'],
  ['unreadable protection', { unreadable: ['isProtected'] }, {}, '?-------', 'protected'],
  ['unreadable protection, cleared', { unreadable: ['isProtected'] }, cleared('protected'), '--00----', null],
  ['an unreadable birth date', { unreadable: ['birthDate'] }, { officer: ALONE }, '0-0?00--', 'unreadable'],
  ['an unreadable death, a child', { ...CHILD, unreadable: ['deathDate'] }, {}, '0-?1----', 'minor'],
  ['an unreadable residence, for the nation', { unreadable: ['residence'] }, {}, '0-00----', null],
  ['a citizen’s own row', { ...PROTECTED, ...DEAD, ...CHILD }, { self: PERSON }, '--------', null],
];

test.each(DECIDED)('%s', (_what, facts, context, inputs, decision) => {
  expect(decideRow({ ...ADULT, ...facts }, { ...CONTEXT, ...context })).toEqual({ decision, inputs });
});

test('equal inputs are the same decision, made once', () => {
  expect(decideRow(ADULT, CONTEXT)).toBe(decideRow({ ...ADULT, personalId: OFFICER }, CONTEXT));
});

test('places are those of the published format, and rules over facts stand in the order in which they decide', () => {
  expect(RULES_BY_PLACE.join()).toBe(
    'protected,territory,deceased,minor,own-data,relatives,match,unknown-person',
  );
  expect([...ROW_RULES.map(({ name }) => name), ...FOUND_ELSEWHERE]).toEqual(RULES_BY_PLACE);
});

test('a text says what it was made of', () => {
  for (const text of ['--------', '0-0?00--', '------1-', '-------1', '11111111', '????????']) {
    const bits = bitsOf(text) ?? -1;
    expect(inputsText(bits)).toBe(text);
    expect(RULES_BY_PLACE.map((rule) => inputIn(bits, rule)).join('')).toBe(text);
  }
  expect(inputsOf('match', '1')).toBe('------1-');
});

test.each(['', '-------', '---------', '-------2', '------- ', 'visible-', '0000____'])(
  'no inputs: "%s"',
  (text) => {
    expect(bitsOf(text)).toBe(undefined);
  },
);

test.each([
  [NO_INPUTS, '0000----', '0000----'],
  ['0000----', NO_INPUTS, '0000----'],
  ['------0-', '0000----', '0000--0-'],
  ['1-------', '00------', '10------'],
  ['0-0?00--', '0-0000--', '0-0?00--'],
])('%s and %s are %s', (one, other, merged) => {
  expect(mergeInputs(one, other)).toBe(merged);
});
