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
  ['another state', '["broken",{},null,1,[]]'],
  ['date is a number', '["found",{},1,1,[]]'],
  ['time is text', '["found",{},null,"1",[]]'],
  ['refused is text', '["found",{},null,1,"x"]'],
  ['refused holds a number', '["found",{},null,1,[1]]'],
])('refuses %s', (_name, text) => {
  expect(parseRecord(text)).toBeUndefined();
});
