import type { Limits } from '../../../config/limits.ts';
import { StoreFault } from '../log-store.ts';
import type { Removal, Remover } from '../removal.ts';
import { connect, type ConnectionSettings } from './connection.ts';
import { dropEmptyMonths } from './empty-months.ts';

export const POSTGRES_REMOVAL_LIMITS = {
  step: {
    value: 100_000,
    unit: 'entries',
    why: 'A removal works in steps, so that no transaction holds all of a month.',
  },
  statement: {
    value: 3_600_000,
    unit: 'ms',
    why: 'One step removes more than any statement of the gateway touches.',
  },
  patience: {
    value: 600_000,
    unit: 'ms',
    why: 'A backup reads the log in one long transaction, and a removal waits for its end.',
  },
} as const satisfies Limits;

/** Removes entries as the owner of the tables. Neither the writer's role nor the reader's may do so. */
export function buildPostgresRemover(
  settings: ConnectionSettings,
  patienceMs: number = POSTGRES_REMOVAL_LIMITS.patience.value,
): Remover {
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
    async dropEmpty(before) {
      const owner = await connect(settings, null, POSTGRES_REMOVAL_LIMITS.statement.value);
      try {
        return await dropEmptyMonths(owner, before, patienceMs);
      } finally {
        await owner.close();
      }
    },
  };
}

async function removeFromPostgres(settings: ConnectionSettings, removal: Removal): Promise<void> {
  const { log, from, to, before } = removal;
  const owner = await connect(settings, null, POSTGRES_REMOVAL_LIMITS.statement.value);
  try {
    const young = await owner.query(
      'SELECT 1 FROM access_log.groups WHERE log = $1 AND first_leaf >= $2 AND first_leaf < $3 AND month >= $4 LIMIT 1',
      [log, from, to, before],
    );
    if (young.length > 0) throw new StoreFault('not-old-enough', false);
    for (let leaf = from; leaf < to; leaf += POSTGRES_REMOVAL_LIMITS.step.value) {
      const step = [log, leaf, Math.min(to, leaf + POSTGRES_REMOVAL_LIMITS.step.value), before];
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
  } finally {
    await owner.close();
  }
}
