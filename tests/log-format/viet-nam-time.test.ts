import { describe, expect, it } from 'vitest';
import {
  daysInMonth,
  endOfVietNamDay,
  startOfVietNamDay,
  startOfVietNamMonth,
  vietNamDay,
} from '../../src/log-format/viet-nam-time.ts';

describe('time in Viet Nam', () => {
  it('begins its days at 17:00 UTC of the day before', () => {
    const start = Date.parse('2026-11-29T17:00:00Z');
    expect(startOfVietNamDay('2026-11-30')).toBe(start);
    expect(endOfVietNamDay('2026-11-30')).toBe(Date.parse('2026-11-30T16:59:59.999Z'));
    expect([vietNamDay(start - 1), vietNamDay(start)]).toEqual(['2026-11-29', '2026-11-30']);
    expect(startOfVietNamMonth(2026, 12)).toBe(Date.parse('2026-12-31T17:00:00Z'));
  });

  it('knows every day of four hundred years, leap years included', () => {
    const days = Array.from({ length: 146_097 }, (_none, at) =>
      new Date(Date.UTC(1900, 0, 1 + at)).toISOString().slice(0, 10),
    );
    expect(days.at(-1)).toBe('2299-12-31');
    expect(days.filter((day) => startOfVietNamDay(day) !== Date.parse(`${day}T00:00:00+07:00`))).toEqual([]);
    expect([1900, 2000, 2024, 2026].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 29, 28]);
    expect([daysInMonth(2026, 0), daysInMonth(2026, 13)]).toEqual([NaN, NaN]);
  });

  it.each([
    '2026-02-29',
    '2026-02-30',
    '2026-00-10',
    '2026-13-01',
    '2026-11-00',
    '2026-11-31',
    '2026-1-1',
    '',
    '2026-11-30T',
  ])('knows no day %j', (text) => {
    expect([startOfVietNamDay(text), endOfVietNamDay(text)]).toEqual([NaN, NaN]);
  });
});
