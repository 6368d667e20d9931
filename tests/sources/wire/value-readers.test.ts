import { expect, test } from 'vitest';
import {
  readArea,
  readCompactPartialDate,
  readCount,
  readDay,
  readIsoDate,
  readIsoPartialDate,
  readMonth,
  readSlashDate,
  readSlashPartialDate,
  readText,
  readYear,
} from '../../../src/sources/wire/value-readers.ts';

const DATES: readonly (readonly [iso: string, isReal: boolean])[] = [
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['1900-02-29', false],
  ['2000-02-29', true],
  ['2026-04-31', false],
  ['2026-12-31', true],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['1799-12-31', false],
  ['1017-05-05', false],
  ['2200-01-01', false],
  ['0000-00-00', false],
];
test.each(DATES)('%s, in each of the three forms: %s', (iso, isReal) => {
  const [year, month, day] = iso.split('-');
  const expected = isReal ? iso : undefined;
  expect(readIsoDate(iso)).toBe(expected);
  expect(readIsoPartialDate(iso)).toBe(expected);
  expect(readSlashDate(`${day}/${month}/${year}`)).toBe(expected);
  expect(readSlashPartialDate(`${day}/${month}/${year}`)).toBe(expected);
  expect(readCompactPartialDate(`${year}${month}${day}`)).toBe(expected);
});

test.each([
  [
    '1975',
    ['1975', '19750000', '197500'],
    ['1975', '00/1975', '00/00/1975'],
    ['1975', '1975-00', '1975-00-00'],
  ],
  ['1975-03', ['197503', '19750300'], ['03/1975', '00/03/1975'], ['1975-03', '1975-03-00']],
])('a partial date %s is a value', (date, compact, slashed, iso) => {
  for (const raw of compact) expect(readCompactPartialDate(raw)).toBe(date);
  for (const raw of slashed) expect(readSlashPartialDate(raw)).toBe(date);
  for (const raw of iso) expect(readIsoPartialDate(raw)).toBe(date);
});

test.each([
  '1975000',
  '19750012',
  '19751300',
  '0000',
  '1017',
  '197',
  '12/00/1975',
  '13/1975',
  '1975-13',
  '1975-00-12',
])('%s is no partial date', (raw) => {
  expect([readCompactPartialDate(raw), readSlashPartialDate(raw), readIsoPartialDate(raw)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ['2026-11-20T08:30:00+07:00', '2026-11-20'],
  ['2026-11-20T23:30:00Z', '2026-11-21'],
  ['2026-11-20T08:30:00.123456+07:00', '2026-11-20'],
  ['2026-11-20T23:30:00', '2026-11-20'],
  ['2026-11-20 23:30', '2026-11-20'],
  ['2026-11-20', '2026-11-20'],
  ['20/11/2026', '2026-11-20'],
  ['20/11/2026 08:30:00', '2026-11-20'],
  ['20261120', '2026-11-20'],
  ['2026-11-31T08:30:00', undefined],
  ['2026-11', undefined],
  ['hôm qua', undefined],
  [20261120, undefined],
])('the day of %j is %j', (raw, day) => {
  expect(readDay(raw)).toBe(day);
});

test.each([
  [20241231],
  [null],
  [undefined],
  [{}],
  [['2024-12-31']],
  [''],
  ['2024-12-31 '],
  ['2024-12-31\n'],
  ['２０２４-12-31'],
])('no date form takes %j', (raw) => {
  for (const read of [
    readIsoDate,
    readIsoPartialDate,
    readSlashDate,
    readSlashPartialDate,
    readCompactPartialDate,
  ]) {
    expect(read(raw)).toBeUndefined();
  }
});

test.each([['1/2/2024'], ['2024/12/31'], ['31-12-2024']])('dd/MM/yyyy only: %s', (raw) => {
  expect(readSlashDate(raw)).toBeUndefined();
});

test.each([
  [0, 0],
  [80.5, 80.5],
  [-0.1, undefined],
  [Number.POSITIVE_INFINITY, undefined],
  [Number.NaN, undefined],
  ['80', undefined],
  [true, undefined],
])('area %j is %j', (raw, area) => {
  expect(readArea(raw)).toBe(area);
});

test.each([
  [12, 12],
  [1.5, undefined],
  [-1, undefined],
  [2 ** 53, undefined],
  ['12', undefined],
])('count %j is %j', (raw, count) => {
  expect(readCount(raw)).toBe(count);
});

test.each([
  ['Nguyễn', 'Nguyễn'],
  ['Số 12 phố Tràng Tiền', 'Số 12 phố Tràng Tiền'],
  ['', undefined],
  [' \t', undefined],
  ['a\u0000', undefined],
  ['\ud83d', undefined],
  ['x'.repeat(4001), undefined],
  [7, undefined],
  [null, undefined],
])('text %j is %j', (raw, text) => {
  expect(readText(raw)).toBe(text);
});

test('years have four digits, months two', () => {
  expect(['1954', '54', '01954', 1954].map((raw) => readYear(raw))).toEqual([
    '1954',
    undefined,
    undefined,
    undefined,
  ]);
  expect(['07', '7', '00', '13'].map((raw) => readMonth(raw))).toEqual([
    '07',
    undefined,
    undefined,
    undefined,
  ]);
});
