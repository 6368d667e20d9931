import { COMMUNES, findCommune } from '../../units/communes.ts';
import { findProvince, PROVINCES } from '../../units/provinces.ts';
import { byLevel, levelOfUnit, type Level } from '../judge/level.ts';
import type { Activity } from '../series/activity.ts';
import type { ActivityScope } from '../series/activity.ts';
import type { ActivitySeries } from '../series/activity-series.ts';
import { percentOf, secondsBetween } from './figures.ts';
import type { LevelCount, LiveUnit } from './live-state.ts';
import type { RegisteredOffice } from './live-sources.ts';

const NO_TIMES = { p50Ms: null, p99Ms: null };

interface UnitName {
  readonly name: string;
  readonly province: string | null;
}

/** All provinces, the worst first; one without requests is grey. */
export function liveProvinces(series: ActivitySeries, now: number): readonly LiveUnit[] {
  return PROVINCES.map(({ code, name }) =>
    liveUnit(series, 'province', code, { name, province: null }, now),
  ).sort(worstFirst);
}

/** The communes that asked anything today or on a remembered day, the worst first. */
export function liveCommunes(series: ActivitySeries, now: number): readonly LiveUnit[] {
  return [...series.codes('commune')]
    .map((code) => {
      const commune = findCommune(code);
      const name = { name: commune?.name ?? code, province: commune?.provinceCode ?? null };
      return liveUnit(series, 'commune', code, name, now);
    })
    .sort(worstFirst);
}

/** The offices that asked anything today or on a remembered day, the worst first. */
export function liveOffices(
  series: ActivitySeries,
  now: number,
  officeOf: (client: string) => RegisteredOffice | null,
): readonly LiveUnit[] {
  return [...series.codes('office')]
    .map((code) => {
      const office = officeOf(code);
      const province =
        (office?.unit != null && findCommune(office.unit)?.provinceCode) || (office?.province ?? null);
      return liveUnit(series, 'office', code, { name: office?.name ?? code, province }, now);
    })
    .sort(worstFirst);
}

/** How many provinces and communes have each colour. Communes that never asked are grey. */
export function levelCounts(
  provinces: readonly LiveUnit[],
  communes: readonly LiveUnit[],
): readonly LevelCount[] {
  return [countOf('PROVINCE', provinces, PROVINCES.length), countOf('COMMUNE', communes, COMMUNES.length)];
}

/** The name of a unit or office for the eye. */
export function unitName(scope: ActivityScope, code: string): string | null {
  if (scope === 'province') return findProvince(code)?.name ?? null;
  if (scope !== 'commune') return null;
  const commune = findCommune(code);
  return commune ? `${commune.name}, ${findProvince(commune.provinceCode)?.name ?? ''}` : null;
}

function countOf(scope: LevelCount['scope'], units: readonly LiveUnit[], all: number): LevelCount {
  const count = (level: Level): number => units.filter((unit) => unit.level === level).length;
  const [red, yellow, green] = [count('RED'), count('YELLOW'), count('GREEN')];
  return { scope, red, yellow, green, grey: all - red - yellow - green };
}

function liveUnit(
  series: ActivitySeries,
  scope: ActivityScope,
  code: string,
  { name, province }: UnitName,
  now: number,
): LiveUnit {
  const today: Activity | undefined = series.today(scope).get(code);
  const lastAt = series.lastAt(scope, code);
  const { requests = 0, refused = 0, failed = 0, forms = 0, askedAnyway = 0 } = today ?? {};
  const { p50Ms, p99Ms } = today?.quantiles() ?? NO_TIMES;
  return {
    code,
    name,
    province,
    level: levelOfUnit({ requests, refused, failed, p99Ms }),
    requests,
    refused,
    failed,
    answeredPercent: percentOf(requests - refused - failed, requests),
    forms,
    askedAnyway,
    p50Ms,
    p99Ms,
    ageSeconds: lastAt === null ? null : secondsBetween(lastAt, now),
  };
}

/** Within one colour the one with the smaller share of answers first; then by name, so that tiles keep their places. */
function worstFirst(one: LiveUnit, other: LiveUnit): number {
  return (
    byLevel(one, other) ||
    (one.answeredPercent ?? 101) - (other.answeredPercent ?? 101) ||
    (one.code < other.code ? -1 : 1)
  );
}
