import { expect, test } from 'vitest';
import { ownsParcel } from '../../../src/sources/land/evaluations.ts';
import { BROKEN } from '../../../src/sources/records/record.ts';

const ASKED = 'w7epxsheyytd';
const OTHER = 'w7epxsheyyte';

test.each([
  ['nothing', [], false],
  ['this one', [ASKED], true],
  ['another', [OTHER], false],
  ['this one and another', [OTHER, ASKED], true],
  ['this one twice', [ASKED, ASKED], true],
  ['part of it', [ASKED.slice(0, -1)], false],
  ['more than it', [`${ASKED}0`], false],
  ['it in another case', [` ${ASKED.toUpperCase()}`], false],
  ['one that is broken', [BROKEN], BROKEN],
  ['another and one that is broken', [OTHER, BROKEN], BROKEN],
  ['one that is broken, and this one', [BROKEN, ASKED], true],
  ['a broken list', BROKEN, BROKEN],
  ['no list', undefined, BROKEN],
  ['text with it', ASKED, BROKEN],
])('ownsParcel: the record has %s', (_what, parcelIds, wanted) => {
  expect(ownsParcel.evaluate({ parcelIds }, {}, { id: ASKED }, '2026-11-21')).toBe(wanted);
});

test('of whom the register has no record, it says nothing', () => {
  expect(ownsParcel.evaluate(null, {}, { id: ASKED }, '2026-11-21')).toBeNull();
});

test.each(['', 'w7epxsheyyt', 'w7epxsheyytda', '00070.1', 'W7EPXSHEYYTA'])(
  'a malformed identifier: "%s"',
  (id) => {
    expect(ownsParcel.identifiers['id']?.(id)).toBeUndefined();
    expect(ownsParcel.identifiers['id']?.(ASKED)).toBe(ASKED);
  },
);
