import { expect, test } from 'vitest';
import { representsBusiness } from '../../../src/sources/business/evaluations.ts';
import { BROKEN } from '../../../src/sources/records/record.ts';

const ASKED = '0101248141';
const OTHER = '0100109106';

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
])('representsBusiness: the record has %s', (_what, representedCodes, wanted) => {
  expect(representsBusiness.evaluate({ representedCodes }, {}, { code: ASKED }, '2026-11-21')).toBe(wanted);
});

test('of whom the register has no record, it says nothing', () => {
  expect(representsBusiness.evaluate(null, {}, { code: ASKED }, '2026-11-21')).toBeNull();
});

test.each(['', '010124814', '0101248142', '0101248141-000', '00319090001'])(
  'a malformed identifier: "%s"',
  (id) => {
    expect(representsBusiness.identifiers['code']?.(id)).toBeUndefined();
    expect(representsBusiness.identifiers['code']?.(ASKED)).toBe(ASKED);
  },
);
