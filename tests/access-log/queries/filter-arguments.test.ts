import { describe, expect, test } from 'vitest';
import {
  formatCursor,
  readCursor,
  readFilter,
  readFirst,
  readTime,
} from '../../../src/access-log/queries/filter-arguments.ts';
import { UserInputError } from '../../../src/operation/user-input-error.ts';

describe('a time', () => {
  test.each([
    ['2026-11-22T09:30:00Z', Date.UTC(2026, 10, 22, 9, 30)],
    ['2026-11-22T09:30:00.250+07:00', Date.UTC(2026, 10, 22, 2, 30, 0, 250)],
    ['2026-11-22T09:30Z', Date.UTC(2026, 10, 22, 9, 30)],
    [null, null],
    [undefined, null],
  ])('%s', (text, wanted) => {
    expect(readTime('from', text)).toBe(wanted);
  });

  test.each([
    '2026-11-22',
    '2026-11-22T09:30:00',
    '2026-13-01T00:00:00Z',
    '22/11/2026',
    '',
    0,
    {},
    '+2026-11-22T09:30:00Z',
  ])('%s is none', (text) => {
    expect(() => readTime('from', text)).toThrow(UserInputError);
  });
});

describe('a cursor', () => {
  test('comes back as it was', () => {
    const place = { time: 1_795_000_000_123, log: 'national-data-gateway/one', leaf: 17 };
    expect(readCursor(formatCursor(place))).toEqual(place);
  });

  test.each([
    '',
    'x',
    Buffer.from('[1,2,3]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1.5,"a",1]').toString('base64url'),
  ])('%s is none', (text) => {
    expect(() => readCursor(text)).toThrow(UserInputError);
  });
});

test('enumerations are the log’s own words', () => {
  const names = { isRegister: () => true, isCoordinate: () => true };
  const filter = readFilter(
    { outcome: 'NOT_FOUND', subject: { kind: 'ORGANISATION', key: '0109876543' } },
    names,
  );
  expect(filter).toMatchObject({
    outcome: 'not-found',
    subject: { kind: 'organisation', key: '0109876543' },
  });
});

test('a page has 1 to 100 entries', () => {
  expect([readFirst(undefined), readFirst(1), readFirst(100), readFirst(null, 0)]).toEqual([50, 1, 100, 0]);
  expect(() => readFirst(0)).toThrow(UserInputError);
  expect(() => readFirst(101)).toThrow(expect.objectContaining({ code: 'OPERATION_TOO_LARGE' }));
});
