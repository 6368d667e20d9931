import { FOREIGN_TRIGGER, StoreFault } from '../log-store.ts';
import type { Connection } from './connection.ts';

/**
 * The parts of the log with whatever may swallow or change a row on its way in: triggers, rewriting rules and policies of
 * row security. Partitions have their own.
 */
const FOREIGN = `
  SELECT count(*) AS n FROM pg_class c
  WHERE c.relkind IN ('r', 'p') AND (c.relnamespace = 'access_log'::regnamespace OR EXISTS (
      SELECT FROM pg_inherits i
      WHERE i.inhrelid = c.oid AND i.inhparent IN ('access_log.groups'::regclass, 'access_log.answers'::regclass)))
    AND (c.relrowsecurity
      OR EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
      OR EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid))`;

/** Rejects with StoreFault `foreign-trigger`. The gateway makes no trigger. */
export async function assertNoTrigger(connection: Connection): Promise<void> {
  const [row] = await connection.query<{ n: number }>(FOREIGN);
  if (Number(row?.n ?? 1) > 0) throw new StoreFault(FOREIGN_TRIGGER, false);
}
