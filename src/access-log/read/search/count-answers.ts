import type { Limits } from '../../../config/limits.ts';
import type { IndexDatabase, SqlValue } from '../../stores/index-database.ts';
import { addAnswerConditions, type LogFilter } from './candidates.ts';

/** The property by which answers are counted. Days are those of UTC. */
export type CountedBy = 'DAY' | 'CLIENT' | 'OFFICER' | 'PURPOSE' | 'OUTCOME';

export interface Count {
  readonly value: string;
  /** Answers; null where they are too few to be told. */
  readonly answers: number | null;
}

export const COUNT_LIMITS = {
  smallestTold: {
    value: 10,
    unit: 'answers',
    why: 'A smaller count may tell of one person: statistical offices use this threshold.',
  },
  rows: { value: 4_000, unit: 'rows', why: 'Ten years of days, or the officers of a large agency, fit.' },
} as const satisfies Limits;
const DAY_MS = 86_400_000;

const GROUPED: Readonly<Record<CountedBy, string>> = {
  DAY: `time - time % ${DAY_MS}`,
  CLIENT: 'client',
  OFFICER: 'officer',
  PURPOSE: "coalesce(purpose, '-')",
  OUTCOME: 'outcome',
};

/**
 * Answers within the filter, for charts. Small counts are suppressed, and no total is given from which one could be worked
 * out. A filter on subject, coordinate or an entry's outcome is not for counts: it would make them small by design.
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
     WHERE ${conditions.join(' AND ')} GROUP BY 1 ORDER BY 1 LIMIT ${COUNT_LIMITS.rows.value}`,
    values,
  );
  return rows.map(({ value, answers }) => ({
    value: by === 'DAY' ? new Date(Number(value)).toISOString().slice(0, 10) : String(value),
    answers: Number(answers) < COUNT_LIMITS.smallestTold.value ? null : Number(answers),
  }));
}
