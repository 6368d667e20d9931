import type { Connection } from './connection.ts';
import { MIGRATIONS } from './migrations.ts';

/** Serialises instances that start together. */
const LOCK = 7_261_121;

/** Brings the database up to date, as its owner. Returns the versions that it ran. Rejects with StoreFault. */
export async function migrate(owner: Connection): Promise<readonly number[]> {
  await owner.query('BEGIN');
  try {
    // As in the functions themselves: nothing that somebody else made is looked up as the owner.
    await owner.query('SET LOCAL search_path = pg_catalog, pg_temp');
    await owner.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await owner.query('CREATE SCHEMA IF NOT EXISTS access_log');
    await owner.query(
      'CREATE TABLE IF NOT EXISTS access_log.migrations (version int PRIMARY KEY, run_at timestamptz NOT NULL DEFAULT now())',
    );
    const known = await owner.query<{ version: number }>('SELECT version FROM access_log.migrations');
    const done = new Set(known.map(({ version }) => version));
    const due = MIGRATIONS.filter(({ version }) => !done.has(version));
    for (const { version, sql } of due) {
      await owner.query(sql);
      await owner.query('INSERT INTO access_log.migrations (version) VALUES ($1)', [version]);
    }
    await owner.query('COMMIT');
    return due.map(({ version }) => version);
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * Lets a login take the writer's and the reader's part. `isIndexer`: the indexer's too; otherwise that is taken away. The
 * login must be there. Rejects with StoreFault.
 */
export async function grantRoles(owner: Connection, login: string, isIndexer = true): Promise<void> {
  const name = quotedName(login);
  await owner.query(`GRANT access_log_writer, access_log_reader TO ${name}`);
  await owner.query(
    isIndexer ? `GRANT access_log_indexer TO ${name}` : `REVOKE access_log_indexer FROM ${name}`,
  );
}

/** Lets a login fill the search index and nothing else; it must be there. Rejects with StoreFault. */
export async function grantIndexer(owner: Connection, login: string): Promise<void> {
  await owner.query(`GRANT access_log_indexer TO ${quotedName(login)}`);
}

function quotedName(login: string): string {
  return `"${login.replaceAll('"', '""')}"`;
}
