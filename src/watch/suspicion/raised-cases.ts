import type { Limits } from '../../config/limits.ts';
import { remember } from '../access/bounded.ts';
import { SEVERITIES, type PatternName, type Suspicion } from './pattern.ts';

export const RAISED_LIMITS = {
  cases: { value: 50_000, unit: 'cases', why: 'Those raised last are remembered.' },
} as const satisfies Limits;

/** A case that was raised: the day, which is in the alert's name, and how severe it was. */
export type RaisedCases = Map<
  string,
  { readonly day: number; readonly severity: number; readonly observed: number }
>;

/** Days within which a pattern's findings about one case are one alert; a day, where nothing stands here. */
const QUIET_DAYS: Partial<Record<PatternName, number>> = {
  'ever-new-strangers': 7,
  'slow-drip': 7,
  'own-circle': 7,
  'hidden-person': 3,
  'unlike-peers': 7,
  'dormant-account': 7,
  'under-limits': 7,
};

/**
 * Tells whether a suspicion is news: the first of its case, or a more severe one than before. The same case keeps the day on which it was
 * raised first, by `caseDay`.
 */
export function isRaised(raised: RaisedCases, one: Suspicion): boolean {
  const key = `${one.pattern} ${one.about}`;
  const before = raised.get(key);
  const severity = SEVERITIES.indexOf(one.severity);
  const isSame = before !== undefined && one.day - before.day < (QUIET_DAYS[one.pattern] ?? 1);
  if (isSame && severity <= before.severity) return false;
  const day = isSame ? before.day : one.day;
  remember(raised, key, { day, severity, observed: one.observed }, RAISED_LIMITS.cases.value);
  return true;
}

/** The day on which the case of a suspicion was raised first. */
export function caseDay(raised: RaisedCases, { pattern, about, day }: Suspicion): number {
  return raised.get(`${pattern} ${about}`)?.day ?? day;
}
