import { expect, test } from 'vitest';
import { relatives } from '../../../src/policy/row-rules/relatives.ts';
import {
  ADULT,
  ALONE,
  cleared,
  CONTEXT,
  FATHER,
  MOTHER,
  OFFICER,
  PERSON,
  STRANGER,
  type Decision,
  denies,
} from './fixtures.ts';

const DECISIONS: readonly Decision[] = [
  ['a system asks', { parents: [FATHER], spouse: STRANGER }, {}, false],
  ['nobody of the family', {}, { officer: ALONE }, false],
  ['all names differ', { parents: [FATHER, MOTHER], spouse: STRANGER }, { officer: ALONE }, false],
  ['the officer’s father', {}, { officer: { ...ALONE, parents: [PERSON] } }, true],
  ['the officer’s mother, second', {}, { officer: { ...ALONE, parents: [FATHER, PERSON] } }, true],
  ['the officer’s child', { parents: [OFFICER] }, { officer: ALONE }, true],
  ['the officer’s child, by the second parent', { parents: [FATHER, OFFICER] }, { officer: ALONE }, true],
  [
    'the officer’s adopted or recognised child, by the books',
    {},
    { officer: { ...ALONE, children: [PERSON] } },
    true,
  ],
  ['another’s adopted child', {}, { officer: { ...ALONE, children: [STRANGER] } }, false],
  ['the spouse by both records', { spouse: OFFICER }, { officer: { ...ALONE, spouse: PERSON } }, true],
  ['the spouse by the officer’s record', {}, { officer: { ...ALONE, spouse: PERSON } }, true],
  ['the spouse by the own record', { spouse: OFFICER }, { officer: ALONE }, true],
  [
    'the spouse by one record, another by the other',
    { spouse: STRANGER },
    { officer: { ...ALONE, spouse: PERSON } },
    true,
  ],
  [
    'a full sibling',
    { parents: [FATHER, MOTHER] },
    { officer: { ...ALONE, parents: [FATHER, MOTHER] } },
    true,
  ],
  [
    'parents in another order',
    { parents: [MOTHER, FATHER] },
    { officer: { ...ALONE, parents: [FATHER, MOTHER] } },
    true,
  ],
  [
    'a half sibling by the father',
    { parents: [FATHER] },
    { officer: { ...ALONE, parents: [FATHER, MOTHER] } },
    true,
  ],
  [
    'a half sibling by the mother',
    { parents: [STRANGER, MOTHER] },
    { officer: { ...ALONE, parents: [MOTHER] } },
    true,
  ],
  ['no parents on either side', { parents: [] }, { officer: { ...ALONE, parents: [] } }, false],
  ['no spouse on either side', { spouse: null }, { officer: { ...ALONE, spouse: null } }, false],
  ['the same spouse', { spouse: STRANGER }, { officer: { ...ALONE, spouse: STRANGER } }, false],
  ['a parent of the spouse', {}, { officer: { ...ALONE, spouse: STRANGER } }, false],
  ['a child of the spouse', { parents: [STRANGER] }, { officer: { ...ALONE, spouse: STRANGER } }, false],
  ['a spouse of the parent', { spouse: FATHER }, { officer: { ...ALONE, parents: [FATHER] } }, false],
  [
    'the officer, which is another rule’s',
    { parents: [FATHER] },
    { officer: { personalId: PERSON, parents: [FATHER], children: [], spouse: null } },
    false,
  ],
  [
    'with every clearance',
    { parents: [OFFICER] },
    { officer: ALONE, ...cleared('protected', 'deceased', 'minors') },
    true,
  ],
  ['a relative who died', { spouse: OFFICER, deathDate: '2020-01-01' }, { officer: ALONE }, true],
  ['a child under age', { parents: [OFFICER], birthDate: '2020-01-01' }, { officer: ALONE }, true],
  ['a relative elsewhere', { spouse: OFFICER, residence: null }, { officer: ALONE }, true],
];

test.each(DECISIONS)('%s', (_what, facts, context, isDenied) => {
  expect(denies(relatives, { ...ADULT, ...facts }, { ...CONTEXT, ...context })).toBe(isDenied);
});

test('is not told', () => {
  expect(relatives).toMatchObject({ name: 'relatives', isTold: false });
});
