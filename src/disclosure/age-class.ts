/** Age of a record when it was put into an answer: asked for it (`live`), or taken from the cache, younger than that. */
export type AgeClass = 'live' | '1m' | '10m' | '1h' | '1d' | 'older';

const MINUTE_MS = 60_000;

/** The class of a cached record; a clock that runs behind the one that wrote it makes it young, not live. */
export function ageClassOf(ageMs: number): AgeClass {
  if (ageMs < MINUTE_MS) return '1m';
  if (ageMs < 10 * MINUTE_MS) return '10m';
  if (ageMs < 60 * MINUTE_MS) return '1h';
  return ageMs < 24 * 60 * MINUTE_MS ? '1d' : 'older';
}

const RANK: Readonly<Record<AgeClass, number>> = { live: 0, '1m': 1, '10m': 2, '1h': 3, '1d': 4, older: 5 };

export function olderOf(one: AgeClass, other: AgeClass): AgeClass {
  return RANK[other] > RANK[one] ? other : one;
}
