import { vietNamDayOf } from '../shell/formats.ts';
import type { MyAccess } from '../proof/check-access.ts';

/** Looks of one agency in one case and for one purpose on one day of Viet Nam. */
export interface Visit {
  readonly key: string;
  readonly agency: string | null;
  readonly purpose: string | null;
  /** The purpose in words where its agreement has some, else its code. */
  readonly purposeText: string | null;
  readonly case: string | null;
  /** Times of the first and last look, ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Whether any look was answered with data. */
  readonly isGiven: boolean;
  /** Data given, by register: terms of the fields, each once. */
  readonly given: readonly GivenData[];
  /** Newest first, as in the list. */
  readonly looks: readonly MyAccess[];
}

/** Data that a register gave in a visit. */
export interface GivenData {
  readonly register: string;
  readonly fields: readonly string[];
}

/** Totals of the whole list. */
export interface AccessOverview {
  readonly visits: number;
  readonly visitsGiven: number;
  readonly looks: number;
  readonly byAgency: readonly { readonly agency: string; readonly visits: number; readonly last: string }[];
}

/** Groups looks into visits, the one with the newest look first. */
export function visitsOf(looks: readonly MyAccess[]): readonly Visit[] {
  const groups = Map.groupBy(looks, ({ time, agency, purpose, case: caseId }) =>
    JSON.stringify([vietNamDayOf(time ?? ''), agency, purpose, caseId]),
  );
  return [...groups].map(([key, group]) => visitOf(key, group));
}

/** Counts visits in all and by agency, the agency with the most first. */
export function overviewOf(visits: readonly Visit[]): AccessOverview {
  const groups = Map.groupBy(visits, ({ agency }) => agency ?? '');
  const byAgency = [...groups].map(([agency, group]) => ({
    agency,
    visits: group.length,
    last: group[0]?.to ?? '',
  }));
  return {
    visits: visits.length,
    visitsGiven: visits.filter(({ isGiven }) => isGiven).length,
    looks: visits.reduce((sum, { looks }) => sum + looks.length, 0),
    byAgency: byAgency.toSorted((one, other) => other.visits - one.visits),
  };
}

function visitOf(key: string, looks: readonly MyAccess[]): Visit {
  const times = looks.map(({ time }) => time ?? '').toSorted();
  const [newest] = looks;
  return {
    key,
    agency: newest?.agency ?? null,
    purpose: newest?.purpose ?? null,
    purposeText: newest?.purposeWords ?? newest?.purpose ?? null,
    case: newest?.case ?? null,
    from: times[0] ?? '',
    to: times.at(-1) ?? '',
    isGiven: looks.some(({ outcome }) => outcome === 'DISCLOSED'),
    given: givenIn(looks),
    looks,
  };
}

function givenIn(looks: readonly MyAccess[]): readonly GivenData[] {
  const parts = looks.flatMap(({ disclosed }) => (disclosed ?? []).flatMap((part) => part ?? []));
  const groups = Map.groupBy(
    parts.filter(({ isNone }) => isNone !== true),
    ({ register }) => register ?? '',
  );
  return [...groups].map(([register, group]) => ({
    register,
    fields: [...new Set(group.flatMap(({ fields }) => (fields ?? []).flatMap((one) => one ?? [])))],
  }));
}
