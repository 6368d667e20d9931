import { expect, test } from 'vitest';
import { decideRow, ROW_RULES } from '../../../src/policy/row-rules/decide-row.ts';
import type { PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';
import type { RowContext, RowRuleName } from '../../../src/policy/row-rules/row-rule.ts';
import { ADULT, ALONE, cleared, CONTEXT, living, OFFICER, PERSON, STRANGER } from './fixtures.ts';

const PROTECTED = { isProtected: true };
const DEAD = { deathDate: '2024-02-29' };
const CHILD = { birthDate: '2015-06-01' };
const KIN = { parents: [OFFICER] };
const ELSEWHERE = { territory: ['79'] };
const OWN = { officer: { ...ALONE, personalId: PERSON } };
const RELATED = { officer: ALONE };
const ALL = cleared('protected', 'deceased', 'minors');

type Decision = readonly [
  what: string,
  facts: Partial<PersonFacts>,
  context: Partial<RowContext>,
  wanted: RowRuleName | 'unreadable' | null,
];
const OTHER_OFFICER = { officer: { personalId: STRANGER, parents: [], children: [], spouse: null } };

const DECISIONS: readonly Decision[] = [
  ['nothing to mind', {}, {}, null],
  ['nothing to mind, an officer asks', {}, RELATED, null],
  ['protected', PROTECTED, {}, 'protected'],
  ['elsewhere', {}, ELSEWHERE, 'territory'],
  ['dead', DEAD, {}, 'deceased'],
  ['a child', CHILD, {}, 'minor'],
  ['own', {}, OWN, 'own-data'],
  ['a relative', KIN, RELATED, 'relatives'],

  ['protected and elsewhere', PROTECTED, ELSEWHERE, 'protected'],
  ['protected and dead', { ...PROTECTED, ...DEAD }, {}, 'protected'],
  ['protected and a child', { ...PROTECTED, ...CHILD }, {}, 'protected'],
  ['protected and own', PROTECTED, OWN, 'protected'],
  ['protected and a relative', { ...PROTECTED, ...KIN }, RELATED, 'protected'],
  ['elsewhere and dead', DEAD, ELSEWHERE, 'territory'],
  ['elsewhere and a child', CHILD, ELSEWHERE, 'territory'],
  ['elsewhere and own', {}, { ...OWN, ...ELSEWHERE }, 'territory'],
  ['elsewhere and a relative', KIN, { ...RELATED, ...ELSEWHERE }, 'territory'],
  ['a dead child', { ...DEAD, ...CHILD }, {}, 'deceased'],
  ['dead and own', DEAD, OWN, 'deceased'],
  ['a dead relative', { ...DEAD, ...KIN }, RELATED, 'deceased'],
  ['a child and own', CHILD, OWN, 'minor'],
  ['the officer’s child, under age', { ...CHILD, ...KIN }, RELATED, 'minor'],
  ['own, and a relative by mistake', KIN, OWN, 'own-data'],
  ['everything', { ...PROTECTED, ...DEAD, ...CHILD, ...KIN }, { ...RELATED, ...ELSEWHERE }, 'protected'],

  [
    'a clearance lets the next rule decide: dead',
    { ...PROTECTED, ...DEAD },
    cleared('protected'),
    'deceased',
  ],
  ['... a child', { ...PROTECTED, ...CHILD }, cleared('protected', 'deceased'), 'minor'],
  ['... a dead child', { ...DEAD, ...CHILD }, cleared('deceased'), 'minor'],
  ['... own', { ...PROTECTED, ...DEAD, ...CHILD }, { ...ALL, ...OWN }, 'own-data'],
  ['... a relative', { ...PROTECTED, ...DEAD, ...CHILD, ...KIN }, { ...ALL, ...RELATED }, 'relatives'],
  ['... elsewhere', { ...PROTECTED, ...DEAD, ...CHILD }, { ...ALL, ...ELSEWHERE }, 'territory'],
  ['every clearance, nothing else to mind', { ...PROTECTED, ...DEAD, ...CHILD }, ALL, null],
  [
    'a residence that cannot be resolved',
    living('00634', '01', 'former'),
    { territory: ['01'] },
    'territory',
  ],
  ['a birth date that cannot be read', { birthDate: 'unknown' }, {}, 'minor'],

  [
    'a citizen’s own row, with everything',
    { ...PROTECTED, ...DEAD, ...CHILD, ...KIN, residence: null },
    { ...RELATED, ...ELSEWHERE, self: PERSON },
    null,
  ],
  ['a citizen’s own row, though an officer’s too', {}, { ...OWN, self: PERSON }, null],
  ['a citizen’s child', { ...CHILD, parents: [STRANGER] }, { self: STRANGER }, 'minor'],
  ['another citizen’s row', PROTECTED, { self: STRANGER }, 'protected'],
  ['nobody’s own row', PROTECTED, { self: null }, 'protected'],
  ['whose protection cannot be read', { unreadable: ['isProtected'] }, {}, 'protected'],
  ['whose protection cannot be read, for who is cleared', { unreadable: ['isProtected'] }, ALL, null],
  ['whose birth date cannot be read', { unreadable: ['birthDate'] }, {}, 'unreadable'],
  ['whose birth date cannot be read, where minors may be seen', { unreadable: ['birthDate'] }, ALL, null],
  ['protected, of an unreadable birth date', { ...PROTECTED, unreadable: ['birthDate'] }, {}, 'protected'],
  ['dead, of an unreadable birth date', { ...DEAD, unreadable: ['birthDate'] }, {}, 'deceased'],
  ['of an unreadable residence, for the nation', { unreadable: ['residence'] }, {}, null],
  [
    'of an unreadable residence, for an office',
    { unreadable: ['residence'] },
    { territory: ['01'] },
    'unreadable',
  ],
  ['of an unreadable spouse, for a system', { unreadable: ['spouse'] }, {}, null],
  ['of an unreadable spouse, for an officer', { unreadable: ['spouse'] }, OTHER_OFFICER, 'unreadable'],
  [
    'a minor of an unreadable spouse, for an officer',
    { ...CHILD, unreadable: ['spouse'] },
    OTHER_OFFICER,
    'minor',
  ],
  [
    'a citizen’s own row that cannot be read',
    { unreadable: ['isProtected', 'birthDate'] },
    { self: PERSON },
    null,
  ],
];

test.each(DECISIONS)('%s', (_what, facts, context, wanted) => {
  expect(decideRow({ ...ADULT, ...facts }, { ...CONTEXT, ...context }).decision).toBe(wanted);
});

test('what is not told is decided before what is', () => {
  expect(ROW_RULES.map(({ name }) => name)).toEqual([
    'protected',
    'territory',
    'deceased',
    'minor',
    'own-data',
    'relatives',
  ]);
  expect(ROW_RULES.map(({ isTold }) => isTold)).toEqual([false, false, false, false, true, false]);
});
