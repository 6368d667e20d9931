import { vietNamDay } from '../../../src/log-format/viet-nam-time.ts';
import { communesOf } from '../../../src/units/communes.ts';
import { PROVINCES } from '../../../src/units/provinces.ts';
import type { ActivityScope, KeptActivity } from '../../../src/watch/series/activity.ts';
import { dayBefore } from '../../../src/watch/series/activity-series.ts';
import { LatencyHistogram } from '../../../src/watch/series/latency-histogram.ts';
import { openSeriesFile } from '../../../src/watch/series/series-file.ts';

/** Writes the days of a busy country into a DATA_DIR: most provinces are well, some are refused or slow, some never asked. */
export function seedDays(dataDirectory: string, now: number): void {
  const today = vietNamDay(now);
  const row = (
    scope: ActivityScope,
    code: string,
    ago: number,
    given: Partial<KeptActivity> & { ms?: number },
  ): KeptActivity => {
    const { ms = 40, ...rest } = given;
    const times = new LatencyHistogram();
    for (let one = 0; one < 50; one++) times.add(ms * (0.5 + one / 50));
    return {
      scope,
      code,
      day: dayBefore(today, ago),
      requests: 400,
      refused: 12,
      failed: 0,
      forms: 90,
      askedAnyway: 0,
      lastAt: now - ago * 86_400_000 - 30_000,
      buckets: times.kept(),
      ...rest,
    };
  };
  const rows: KeptActivity[] = [];
  for (const [at, { code }] of PROVINCES.entries()) {
    if (at % 9 === 8) continue;
    const requests = 300 + ((at * 977) % 4_100);
    const refused =
      at === 4
        ? Math.round(requests * 0.6)
        : at % 11 === 3
          ? Math.round(requests * 0.3)
          : Math.round(requests * 0.04);
    const isSilent = at === 13;
    const given = { requests, refused, forms: Math.round(requests / 5), ms: at === 20 ? 3_000 : 30 + at };
    rows.push(row('province', code, 1, given));
    if (!isSilent) rows.push(row('province', code, 0, given));
    const [commune, other] = communesOf(code);
    if (commune)
      rows.push(
        row('commune', commune.code, 0, {
          requests: 40 + at,
          refused: at === 4 ? 30 : 1,
          forms: 9,
          ms: 30 + at,
        }),
      );
    if (other && at % 3 === 0)
      rows.push(row('commune', other.code, 0, { requests: 20 + at, refused: 2, forms: 3 }));
  }
  for (const ago of [1, 0]) {
    rows.push(row('office', 'hn-hoankiem-civil', ago, { requests: 812, askedAnyway: 7 }));
    rows.push(row('office', 'hn-land-office', ago, { requests: 455 }));
    rows.push(row('office', 'hcm-business-registry', ago, { requests: 1_204, refused: 400 }));
    rows.push(row('register', 'population', ago, { requests: 9_100, ms: 45 }));
    rows.push(row('register', 'civil-status', ago, { requests: 3_300, ms: 90 }));
    rows.push(row('register', 'business', ago, { requests: 1_100, failed: 30, ms: 120 }));
    rows.push(row('register', 'land', ago, { requests: 900, failed: 11, ms: 1_600 }));
    rows.push(row('gateway', '', ago, { requests: 61_204, refused: 3_111, failed: 20, forms: 12_001 }));
  }
  rows.push(row('office', 'hn-hoankiem-social', 1, { requests: 300, lastAt: now - 40 * 3_600_000 }));
  const file = openSeriesFile(dataDirectory);
  file.write(rows);
  file.close();
}
