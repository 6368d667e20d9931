import { expect, test } from 'vitest';
import { parseRecord, serialiseRecord } from '../../src/cache/stored-record.ts';
import { ABSENT, isDeeplyFrozen, PERSON } from './fixtures.ts';

test.each([PERSON, ABSENT])('gives $state back as it was, deeply frozen', (record) => {
  const read = parseRecord(serialiseRecord(record));
  expect(read).toEqual(record);
  expect(isDeeplyFrozen(read)).toBe(true);
});

test.each([
  ['no JSON', 'x'],
  ['an object', '{}'],
  ['null', 'null'],
  ['too short', '["found",{},null,1]'],
  ['too long', '["found",{},null,1,[],1]'],
  ['another state', '["hidden",{},null,1,[]]'],
  ['date is a number', '["found",{},1,1,[]]'],
  ['time is text', '["found",{},null,"1",[]]'],
  ['refused is text', '["found",{},null,1,"x"]'],
  ['refused holds a number', '["found",{},null,1,[1]]'],
  ['a refusal names nobody', '["found",{},null,1,[{"until":1}]]'],
  ['a refusal never ends', '["found",{},null,1,[{"caller":"x"}]]'],
])('refuses %s', (_name, text) => {
  expect(parseRecord(text)).toBeUndefined();
});

test('keeps the mark of a value that could not be read, at any depth', () => {
  const broken = Symbol.for('SOURCE_CONTRACT_BROKEN');
  const record = { ...PERSON, value: Object.freeze({ sex: broken, uses: Object.freeze(['a', broken]) }) };
  expect(parseRecord(serialiseRecord(record))).toEqual(record);
});
