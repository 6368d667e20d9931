import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ActivitySeries, dayBefore } from '../../../src/watch/series/activity-series.ts';
import { LatencyHistogram } from '../../../src/watch/series/latency-histogram.ts';
import { openSeriesFile } from '../../../src/watch/series/series-file.ts';

const NOON = Date.parse('2026-11-30T05:00:00Z');
const DAY_MS = 86_400_000;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'series-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('a quantile is never too small, and at most 19 % too large', () => {
  const times = new LatencyHistogram();
  for (let ms = 1; ms <= 1_000; ms++) times.add(ms);
  for (const [share, exact] of [
    [0.5, 500],
    [0.99, 990],
    [1, 1_000],
  ] as const) {
    const told = times.quantile(share) ?? 0;
    expect(told).toBeGreaterThanOrEqual(exact);
    expect(told).toBeLessThanOrEqual(1.19 * exact);
  }
  expect(new LatencyHistogram().quantile(0.5)).toBeNull();
  const again = new LatencyHistogram();
  again.addAll(times.kept());
  expect(again.quantile(0.99)).toBe(times.quantile(0.99));
  times.add(0);
  times.add(1e9);
  expect(times.quantile(1)).toBeLessThan(60_000);
});

test('a day is kept when the next begins, a restart goes on with it, and a clock that goes back begins none', () => {
  const directory = folder();
  let now = NOON;
  const lost: number[] = [];
  const open = () =>
    new ActivitySeries(
      openSeriesFile(directory),
      () => now,
      (rows) => lost.push(rows),
    );
  let series = open();
  const count = (): void => {
    const office = series.of('office', 'hn-hoankiem-civil');
    office.request('good', 12);
    office.heard(now);
  };
  count();
  count();
  series.close();
  series = open();
  count();
  expect(series.today('office').get('hn-hoankiem-civil')?.requests).toBe(3);
  now += DAY_MS;
  count();
  expect(series.day).toBe('2026-12-01');
  expect(series.today('office').get('hn-hoankiem-civil')?.requests).toBe(1);
  expect(series.past('office', 'hn-hoankiem-civil')).toMatchObject([
    { day: '2026-11-30', requests: 3, lastAt: NOON },
  ]);
  now -= DAY_MS;
  count();
  expect(series.day).toBe('2026-12-01');
  expect(series.read('2026-11-30', '2026-12-01').map(({ day, requests }) => [day, requests])).toEqual([
    ['2026-11-30', 3],
    ['2026-12-01', 2],
  ]);
  expect([...series.codes('office')]).toEqual(['hn-hoankiem-civil']);
  series.close();
  series.close();
  expect(lost).toEqual([]);
});

test('days beyond the time of keeping are removed', () => {
  const directory = folder();
  const file = openSeriesFile(directory);
  const counts = { requests: 1, refused: 0, failed: 0, forms: 0, askedAnyway: 0, lastAt: null, buckets: [] };
  file.write([{ ...counts, scope: 'office', code: 'one', day: '2020-01-01' }]);
  let now = NOON;
  const series = new ActivitySeries(
    file,
    () => now,
    () => undefined,
  );
  now += DAY_MS;
  expect(series.day).toBe('2026-12-01');
  expect(file.read('2000-01-01', '2030-01-01')).toEqual([]);
  expect(dayBefore('2026-03-01')).toBe('2026-02-28');
  series.close();
});
