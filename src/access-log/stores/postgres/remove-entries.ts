import { StoreFault } from '../log-store.ts';
import type { Removal, Remover } from '../removal.ts';
import { connect, type Connection, type ConnectionSettings } from './connection.ts';

const LEAVES_A_STEP = 100_000;

/**
 * As the owner of the tables: neither the writer's role nor the reader's may. A month's partition of answers goes once no log has
 * any in it.
 */
export function buildPostgresRemover(settings: ConnectionSettings): Remover {
  return {
    async mustBeAllowed() {
      const owner = await connect(settings, null);
      try {
        const [found] = await owner.query<{ owns: boolean }>(
          `SELECT bool_and(pg_has_role(c.relowner, 'USAGE')) AS owns FROM pg_class c
           WHERE c.oid IN ('access_log.answers'::regclass, 'access_log.groups'::regclass)`,
        );
        if (found?.owns !== true) throw new StoreFault('not-the-owner', false);
      } finally {
        await owner.close();
      }
    },
    remove: (removal) => removeFromPostgres(settings, removal),
  };
}

async function removeFromPostgres(settings: ConnectionSettings, removal: Removal): Promise<void> {
  const { log, from, to, before } = removal;
  const owner = await connect(settings, null);
  try {
    const young = await owner.query(
      'SELECT 1 FROM access_log.groups WHERE log = $1 AND first_leaf >= $2 AND first_leaf < $3 AND month >= $4 LIMIT 1',
      [log, from, to, before],
    );
    if (young.length > 0) throw new StoreFault('not-old-enough', false);
    for (let leaf = from; leaf < to; leaf += LEAVES_A_STEP) {
      const step = [log, leaf, Math.min(to, leaf + LEAVES_A_STEP), before];
      await owner.query('BEGIN');
      await owner.query(
        'DELETE FROM access_log.answers WHERE log = $1 AND first_leaf >= $2 AND first_leaf < $3 AND month < $4',
        step,
      );
      await owner.query(
        `UPDATE access_log.groups SET sealed = '' WHERE log = $1 AND first_leaf >= $2 AND first_leaf < $3 AND month < $4 AND sealed <> ''`,
        step,
      );
      await owner.query('COMMIT');
    }
    await dropEmptyMonths(owner, before);
  } finally {
    await owner.close();
  }
}

async function dropEmptyMonths(owner: Connection, before: number): Promise<void> {
  const parts = await owner.query<{ name: string; month: number }>(
    `SELECT c.relname AS name, substring(c.relname FROM 9)::int AS month
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'access_log.answers'::regclass AND c.relname ~ '^answers_[0-9]{6}$'`,
    [],
  );
  for (const { name } of parts.filter(({ month }) => month < before)) {
    const [any] = await owner.query(`SELECT 1 FROM access_log.${name} LIMIT 1`);
    if (any !== undefined) continue;
    // Without waiting for whoever reads, or holding up whoever writes meanwhile.
    await owner.query(`ALTER TABLE access_log.answers DETACH PARTITION access_log.${name} CONCURRENTLY`);
    await owner.query(`DROP TABLE access_log.${name}`);
  }
}
