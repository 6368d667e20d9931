import { expect, test } from 'vitest';
import {
  NO_FAMILY,
  readFamilyFacts,
  type FamilyFacts,
} from '../../../src/sources/civil-status/family-facts.ts';
import { BROKEN, type RecordValue } from '../../../src/sources/records/record.ts';
import { Shape } from '../../../src/sources/wire/shape.ts';
import { mapEvents } from '../../../src/sources/civil-status/record.ts';
import { adoption, guardianship, recognition } from '../fixtures/civil-status.ts';

const ID = '001190900011';
const FATHER = '001060900031';
const MOTHER = '001165900021';
const CHILD = '001215900041';
const CHILD_TOO = '001216900042';

function factsOf(entries: string): FamilyFacts {
  const record = mapEvents(`<hotich>${entries}</hotich>`, ID, new Shape());
  if (record === undefined) throw new Error('no record');
  return readFamilyFacts(record);
}

const ended = '<ngayChamDut>01/02/2020</ngayChamDut>';
const spoilt = '<ngayChamDut>lau roi</ngayChamDut>';
const unreadableParentage = { isParentageUnreadable: true };
const unreadableGuardianship = { isGuardianshipUnreadable: true };

test.each<[what: string, entries: string, wanted: Partial<FamilyFacts>]>([
  ['no entries', '', {}],
  ['a ward', guardianship(FATHER, ID), { guardians: [FATHER] }],
  ['a guardian of two', guardianship(ID, CHILD) + guardianship(ID, CHILD_TOO), { wards: [CHILD, CHILD_TOO] }],
  ['a guardianship that ended', guardianship(ID, CHILD, ended), {}],
  ['a ward of somebody without an id', guardianship('', ID), {}],
  ['a ward of somebody with a passport', guardianship('B1234567', ID), {}],
  ['an end that cannot be read', guardianship(ID, CHILD, spoilt), unreadableGuardianship],
  ['a guardian’s id that cannot be read', guardianship('12', ID), unreadableGuardianship],
  ['a guardianship of others', guardianship(FATHER, CHILD), unreadableGuardianship],
  ['an adopted child', adoption(ID, MOTHER, FATHER), { parents: [MOTHER, FATHER] }],
  ['a child adopted by one alone', adoption(ID, MOTHER, ''), { parents: [MOTHER] }],
  ['an adoptive mother', adoption(CHILD, ID, FATHER), { children: [CHILD] }],
  ['an adoptive father', adoption(CHILD, MOTHER, ID), { children: [CHILD] }],
  ['an adoption that ended', adoption(ID, MOTHER, FATHER, ended), {}],
  ['an adoption whose end cannot be read', adoption(ID, MOTHER, FATHER, spoilt), unreadableParentage],
  [
    'one adoptive parent who cannot be read',
    adoption(ID, '12', FATHER),
    { parents: [FATHER], ...unreadableParentage },
  ],
  ['an adoption of oneself', adoption(ID, ID, ''), unreadableParentage],
  ['a child who was recognised', recognition(FATHER, ID), { parents: [FATHER] }],
  ['a parent who recognised', recognition(ID, CHILD), { children: [CHILD] }],
  ['a recognition between others', recognition(FATHER, CHILD), unreadableParentage],
  [
    'one entry of each',
    guardianship(FATHER, ID) + adoption(CHILD, ID, '') + recognition(MOTHER, ID),
    { guardians: [FATHER], children: [CHILD], parents: [MOTHER] },
  ],
])('%s', (_what, entries, wanted) => {
  expect(factsOf(entries)).toEqual({ ...NO_FAMILY, ...wanted });
});

test.each<[what: string, record: RecordValue]>([
  ['that was cached before they were mapped', { personalId: ID }],
  ['with broken entries', { personalId: ID, guardianships: [BROKEN], recognitions: [BROKEN], adoptions: [] }],
])('a record %s leaves nobody related, and says so', (_what, record) => {
  expect(readFamilyFacts(record)).toEqual({
    ...NO_FAMILY,
    ...unreadableParentage,
    ...unreadableGuardianship,
  });
});
