import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import { StoreFault } from '../log-store.ts';
import type { KeptPart } from '../removal.ts';
import type { Connection } from './connection.ts';

export const EMPTY_MONTH_LIMITS = {
  try: {
    value: 1_000,
    unit: 'ms',
    why: 'While a partition waits to be dropped no other can be attached, so each try is short.',
  },
  pause: {
    value: 500,
    unit: 'ms',
    why: 'Between two tries a gateway may attach the partition of a new month.',
  },
} as const satisfies Limits;
const CUT_SHORT = 'pg-57014';

interface Part {
  readonly name: string;
  /** Null: it is no partition any more. */
  readonly isPending: boolean | null;
}

const PARTS = `
  SELECT c.relname AS name, i.inhdetachpending AS "isPending"
  FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = 'access_log.answers'::regclass
  WHERE c.relnamespace = 'access_log'::regnamespace AND c.relkind = 'r'
    AND c.relname ~ '^answers_[0-9]{6}$' AND substring(c.relname FROM 9)::int < $1
  ORDER BY i.inhdetachpending DESC NULLS LAST, c.relname`;

/**
 * Drops partitions of answers that no log has any in; also those whose dropping was cut short, first the one that waits to be
 * detached, since there can be but one. Rejects with StoreFault.
 */
export async function dropEmptyMonths(
  owner: Connection,
  before: number,
  patienceMs: number,
): Promise<readonly KeptPart[]> {
  await owner.query(`SET statement_timeout = ${Math.min(EMPTY_MONTH_LIMITS.try.value, patienceMs)}`);
  const endAt = performance.now() + patienceMs;
  const kept: KeptPart[] = [];
  for (const { name } of await owner.query<Part>(PARTS, [before])) {
    const code = await dropInTime(owner, name, endAt);
    if (code !== null) kept.push({ part: name, code });
  }
  return kept;
}

/** Drops a partition, again and again until the end; null once it is gone, else the fault that was in the way. */
async function dropInTime(owner: Connection, name: string, endAt: number): Promise<string | null> {
  for (;;) {
    const code = await drop(owner, name).catch(codeOf);
    if (code !== CUT_SHORT || performance.now() > endAt) return code;
    await pause(EMPTY_MONTH_LIMITS.pause.value);
  }
}

async function drop(owner: Connection, name: string): Promise<string | null> {
  const table = `access_log.${name}`;
  const [part] = await owner.query<Part>(
    `SELECT i.inhdetachpending AS "isPending" FROM pg_inherits i WHERE i.inhrelid = to_regclass($1)`,
    [table],
  );
  if (part?.isPending === true) {
    await owner.query(`ALTER TABLE access_log.answers DETACH PARTITION ${table} FINALIZE`);
  } else if (part) {
    if (!(await isEmpty(owner, table))) return null;
    // It neither waits for readers nor holds up writers.
    await owner.query(`ALTER TABLE access_log.answers DETACH PARTITION ${table} CONCURRENTLY`);
  }
  await owner.query('BEGIN');
  try {
    // Entries that were written to it since are not thrown away.
    await owner.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const isDroppable = await isEmpty(owner, table);
    if (isDroppable) await owner.query(`DROP TABLE ${table}`);
    await owner.query('COMMIT');
    return isDroppable ? null : 'not-empty';
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  }
}

async function isEmpty(owner: Connection, table: string): Promise<boolean> {
  return (await owner.query(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0;
}

function codeOf(error: unknown): string {
  if (error instanceof StoreFault) return error.code;
  throw error;
}
