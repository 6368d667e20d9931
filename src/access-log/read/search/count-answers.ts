import type { Limits } from '../../../config/limits.ts';
import { VIET_NAM_OFFSET_MS } from '../../../log-format/viet-nam-time.ts';
import type { IndexDatabase, SqlValue } from '../../stores/index-database.ts';
import { addAnswerConditions, type LogFilter } from './candidates.ts';

/** The property by which answers are counted. Days and hours are those of Viet Nam; an answer counts for each register in it. */
export type CountedBy = 'DAY' | 'HOUR' | 'CLIENT' | 'OFFICER' | 'PURPOSE' | 'REGISTER' | 'OUTCOME';

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
const HOUR_MS = 3_600_000;

const GROUPED: Readonly<Record<CountedBy, string>> = {
  DAY: `time + ${VIET_NAM_OFFSET_MS} - (time + ${VIET_NAM_OFFSET_MS}) % ${DAY_MS}`,
  HOUR: `(time + ${VIET_NAM_OFFSET_MS}) / ${HOUR_MS} % 24`,
  CLIENT: 'client',
  OFFICER: 'officer',
  PURPOSE: "coalesce(purpose, '-')",
  REGISTER: 'registers',
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
  const found = rows.map(({ value, answers }) => ({
    value: textOf(value, by),
    answers: Number(answers),
  }));
  const counts = by === 'REGISTER' ? countRegisters(found, filter.register) : found;
  // Databases sort texts each in its own way.
  counts.sort((one, other) => (one.value < other.value ? -1 : 1));
  return withoutSmall(counts);
}

function textOf(value: string | number, by: CountedBy): string {
  if (by === 'DAY') return new Date(Number(value)).toISOString().slice(0, 10);
  return by === 'HOUR' ? String(value).padStart(2, '0') : String(value);
}

/**
 * Adds up, for each register, the answers that it is in. Beside a filter on a register the others stay out: how many of its
 * answers held another one would tell, by subtraction, how few held it alone.
 */
function countRegisters(
  lists: readonly { readonly value: string; readonly answers: number }[],
  only: string | null,
): { readonly value: string; readonly answers: number }[] {
  const sums = new Map<string, number>();
  for (const { value, answers } of lists)
    for (const register of value.split(',').filter((name) => name !== ''))
      if (only === null || register === only) sums.set(register, (sums.get(register) ?? 0) + answers);
  return [...sums].map(([value, answers]) => ({ value, answers }));
}

/**
 * Adds up counts by a property that follows from theirs, as the province from the client; values without one stand under `-`.
 * A sum over a suppressed count is suppressed: without the counts that are told it would be that count.
 */
export function addUp(counts: readonly Count[], groupOf: (value: string) => string | null): readonly Count[] {
  const sums = new Map<string, number | null>();
  for (const { value, answers } of counts) {
    const group = groupOf(value) ?? '-';
    const sum = sums.has(group) ? (sums.get(group) ?? null) : 0;
    sums.set(group, sum === null || answers === null ? null : sum + answers);
  }
  return [...sums]
    .map(([value, answers]) => ({ value, answers }))
    .sort((one, other) => (one.value < other.value ? -1 : 1));
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
