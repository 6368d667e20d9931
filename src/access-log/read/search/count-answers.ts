import type { Limits } from '../../../config/limits.ts';
import { VIET_NAM_OFFSET_MS } from '../../../log-format/viet-nam-time.ts';
import type { IndexDatabase, SqlValue } from '../../stores/index-database.ts';
import { addAnswerConditions, type LogFilter } from './candidates.ts';

/** The property by which answers are counted. Days are those of Viet Nam. */
export type CountedBy = 'DAY' | 'CLIENT' | 'OFFICER' | 'PURPOSE' | 'OUTCOME';

export interface Count {
  readonly value: string;
  /** Answers; null where they are too few to be told, or would tell such a count. */
  readonly answers: number | null;
}

export const COUNT_LIMITS = {
  smallestTold: {
    value: 10,
    unit: 'answers',
    why: 'A smaller count may tell of one person: statistical offices use this threshold.',
  },
  page: {
    value: 4_000,
    unit: 'counts',
    why: 'Ten years of days, or the officers of a large agency, fit; the caller goes on from there.',
  },
  values: {
    value: 200_000,
    unit: 'counts',
    why: 'Which counts are suppressed follows from all of them, in memory. A filter with more is refused.',
  },
} as const satisfies Limits;
const DAY_MS = 86_400_000;

const GROUPED: Readonly<Record<CountedBy, string>> = {
  DAY: `time + ${VIET_NAM_OFFSET_MS} - (time + ${VIET_NAM_OFFSET_MS}) % ${DAY_MS}`,
  CLIENT: 'client',
  OFFICER: 'officer',
  PURPOSE: "coalesce(purpose, '-')",
  OUTCOME: 'outcome',
};

/** The counts of a filter would be too many. */
export class TooManyCounts extends Error {
  override readonly name = 'TooManyCounts';
}

/**
 * Answers within the filter, for charts, in the order of their values. A filter on subject, coordinate or an entry's outcome
 * is not for counts: it would make them small by design. Rejects with TooManyCounts.
 */
export async function countAnswers(
  index: IndexDatabase,
  filter: LogFilter,
  by: CountedBy,
): Promise<readonly Count[]> {
  const conditions = ['time >= ?', 'time <= ?'];
  const values: SqlValue[] = [filter.from, filter.until];
  addAnswerConditions(filter, (condition, ...given) => {
    conditions.push(condition);
    values.push(...given);
  });
  const rows = await index.all<{ readonly value: string | number; readonly answers: number }>(
    `SELECT ${GROUPED[by]} AS value, count(*) AS answers FROM ${index.schema}answers
     WHERE ${conditions.join(' AND ')} GROUP BY 1 LIMIT ${COUNT_LIMITS.values.value + 1}`,
    values,
  );
  if (rows.length > COUNT_LIMITS.values.value) throw new TooManyCounts();
  const counts = rows.map(({ value, answers }) => ({
    value: by === 'DAY' ? new Date(Number(value)).toISOString().slice(0, 10) : String(value),
    answers: Number(answers),
  }));
  // Databases sort texts each in its own way.
  counts.sort((one, other) => (one.value < other.value ? -1 : 1));
  return withoutSmall(counts);
}

/**
 * Suppresses counts below the threshold, and as many of the next larger ones as it takes: from a total, which counts by
 * another property give, the rest can be taken. What is left must be two counts at least, and neither as many answers
 * as counts nor the most that small counts can be, either of which would tell each of them.
 */
export function withoutSmall(
  counts: readonly { readonly value: string; readonly answers: number }[],
): readonly Count[] {
  const least = COUNT_LIMITS.smallestTold.value;
  const ascending = counts.toSorted((one, other) => one.answers - other.answers);
  const suppressed = new Set<string>();
  let hidden = 0;
  for (const { value, answers } of ascending) {
    const { size } = suppressed;
    const isOpen = size > 1 && hidden > size && hidden !== (least - 1) * size;
    if (answers >= least && (size === 0 || isOpen)) break;
    suppressed.add(value);
    hidden += answers;
  }
  return counts.map(({ value, answers }) => ({ value, answers: suppressed.has(value) ? null : answers }));
}
