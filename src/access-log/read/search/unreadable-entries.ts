import type { Limits } from '../../../config/limits.ts';
import type { IndexDatabase } from '../../stores/index-database.ts';

/**
 * Entries that do not open: their rows are not those that were written, or their key is not here. Nobody can say which
 * subjects they are about.
 */
export interface UnreadableEntries {
  readonly log: string;
  /** First entry, and how many. */
  readonly firstLeaf: number;
  readonly leaves: number;
  /** Times of the first and last of them, milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

/** The place of unreadable entries, and their number. */
export type Gap = Pick<UnreadableEntries, 'log' | 'firstLeaf' | 'leaves'>;

export const UNREADABLE_LIMITS = {
  told: {
    value: 100,
    unit: 'gaps',
    why: 'A log with more unreadable gaps has another trouble than finding them.',
  },
} as const satisfies Limits;

/** Tells whether a leaf lies in one of them. */
export function isUnreadable(known: readonly Gap[], log: string, leaf: number): boolean {
  return known.some((gap) => gap.log === log && gap.firstLeaf <= leaf && leaf < gap.firstLeaf + gap.leaves);
}

/** The first unreadable entries of all logs, in the order of time, and how many gaps there are. */
export interface UnreadableFound {
  readonly told: readonly UnreadableEntries[];
  readonly count: number;
}

export async function unreadableBetween(
  index: IndexDatabase,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<UnreadableFound> {
  const told = await index.all<UnreadableEntries>(
    `SELECT log, first_leaf AS "firstLeaf", leaves, since, until FROM ${index.schema}gaps
     WHERE since <= ? AND until >= ? ORDER BY since, log LIMIT ${UNREADABLE_LIMITS.told.value}`,
    [until, from],
  );
  if (told.length < UNREADABLE_LIMITS.told.value) return { told, count: told.length };
  const [all] = await index.all<{ readonly count: number }>(
    `SELECT count(*) AS count FROM ${index.schema}gaps WHERE since <= ? AND until >= ?`,
    [until, from],
  );
  return { told, count: Number(all?.count ?? told.length) };
}
