import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import { StoreFault } from '../log-store.ts';
import type { Removal, Remover } from '../removal.ts';
import { FORMAT_VERSION, LOG_FILE } from './log-schema.ts';

export const SQLITE_REMOVAL_LIMITS = {
  step: {
    value: 50,
    unit: 'groups',
    why: 'A commit of the gateway waits no longer for a step than for another commit.',
  },
  pause: { value: 5, unit: 'ms', why: 'Between two steps the gateway gets its turn.' },
} as const satisfies Limits;

/** Removes entries. Every process that may write the file may do so. */
export function buildSqliteRemover(directory: string, log: string): Remover {
  return {
    mustBeAllowed: async () => openForRemoval(directory, log).close(),
    remove: (removal) => removeFromSqlite(directory, removal),
    // One table for all months: its free pages are used again.
    dropEmpty: async () => [],
  };
}

async function removeFromSqlite(directory: string, removal: Removal): Promise<void> {
  const { log, from, to, before } = removal;
  const database = openForRemoval(directory, log);
  try {
    const young = database
      .prepare('SELECT 1 FROM groups WHERE first_leaf >= ? AND first_leaf < ? AND month >= ? LIMIT 1')
      .get(from, to, before);
    if (young) throw new StoreFault('not-old-enough', false);
    const next = database.prepare(
      'SELECT first_leaf FROM groups WHERE first_leaf > ? ORDER BY first_leaf LIMIT 1 OFFSET ?',
    );
    const removeAnswers = database.prepare('DELETE FROM answers WHERE first_leaf >= ? AND first_leaf < ?');
    const emptySealed = database.prepare(
      'UPDATE groups SET sealed = zeroblob(0) WHERE first_leaf >= ? AND first_leaf < ? AND length(sealed) > 0',
    );
    for (let leaf = from; leaf < to;) {
      const end = Math.min(
        to,
        Number(next.get(leaf, SQLITE_REMOVAL_LIMITS.step.value - 1)?.['first_leaf'] ?? to),
      );
      database.exec('BEGIN IMMEDIATE');
      removeAnswers.run(leaf, end);
      emptySealed.run(leaf, end);
      database.exec('COMMIT');
      leaf = end;
      await pause(SQLITE_REMOVAL_LIMITS.pause.value);
    }
    // Removed entries stand in the write-ahead log until it is copied.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw faultOf(error);
  } finally {
    database.close();
  }
}

/**
 * Gives back the room, and with it what pages keep of rows that were moved while the log was written; while the gateway does not
 * run. Throws StoreFault.
 */
export function vacuumLogFile(directory: string, log: string): void {
  const database = openForRemoval(directory, log);
  try {
    database.exec('VACUUM');
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw faultOf(error);
  } finally {
    database.close();
  }
}

function openForRemoval(directory: string, log: string): DatabaseSync {
  const database = new DatabaseSync(join(resolve(directory), LOG_FILE), { timeout: 10_000 });
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  const own = database.prepare("SELECT value FROM meta WHERE name = 'log'").get()?.['value'];
  if (version !== FORMAT_VERSION || own !== log) {
    database.close();
    throw new StoreFault('another-log', false);
  }
  database.exec('PRAGMA synchronous = FULL');
  // Overwritten with zeros: free pages keep what they held.
  database.exec('PRAGMA secure_delete = ON');
  return database;
}

function faultOf(error: unknown): StoreFault {
  if (error instanceof StoreFault) return error;
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : null;
  return new StoreFault(code === null ? 'failed' : `sqlite-${code}`, true);
}
