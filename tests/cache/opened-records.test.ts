import { expect, test } from 'vitest';
import { OpenedRecords } from '../../src/cache/opened-records.ts';
import { recordOf } from './fixtures.ts';

const sealed = (text: string): Buffer => Buffer.from(text);

test('a record is found by the very bytes that were opened at its place, until it expires', () => {
  const opened = new OpenedRecords();
  const record = recordOf('A');
  opened.keep('place', sealed('one'), record, 1_000);
  expect(opened.find('place', sealed('one'), 999)).toBe(record);
  expect(opened.find('place', sealed('one'), 1_000)).toBeUndefined();
  expect(opened.find('place', sealed('two'), 1)).toBeUndefined();
  // Two entries that were swapped: the bytes are bound to their place.
  expect(opened.find('other', sealed('one'), 1)).toBeUndefined();
});
