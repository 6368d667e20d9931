import type { FullGroup } from '../stores/log-rows.ts';

/** The end of an answer's canonical JSON, which each of its entries signs. A quote within a string is escaped. */
const SIGNED_TIME = /"time":(\d{1,16}),"traceId":"[0-9a-f]{32}"\}$/;

/**
 * The latest time that the entries of a group state, in milliseconds since 1970. The columns `written`, `month` and
 * `time` of the store are signed by nobody. NaN where an answer states no time; null for a group without answers.
 */
export function signedTimeOf({ answers }: Pick<FullGroup, 'answers'>): number | null {
  if (answers.length === 0) return null;
  return Math.max(...answers.map(({ head }) => Number(SIGNED_TIME.exec(head)?.[1] ?? NaN)));
}
