import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, onTestFinished } from 'vitest';
import type { LogRows } from '../../../src/access-log/stores/log-rows.ts';
import type { StoreSettings } from '../../../src/access-log/stores/open-store.ts';
import { openPostgresRows } from '../../../src/access-log/stores/postgres/postgres-rows.ts';
import { asLogRows, openSqliteRows } from '../../../src/access-log/stores/sqlite/sqlite-rows.ts';
import {
  createDatabase,
  findPostgresBinaries,
  findSharedPostgres,
  startOwnPostgres,
  type OwnDatabase,
} from '../../support/servers/postgres.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';

/** Where a test keeps a log, gone when the test ends. */
export interface TestStore {
  readonly settings: StoreSettings;
  openLogRows(): LogRows;
  /** Runs SQL with every right; `log.` stands before the log's tables. */
  sql<Row = Record<string, unknown>>(text: string): Promise<readonly Row[]>;
  /** Holds the log as another process would. The returned function gives it up. */
  lock(): Promise<() => Promise<void>>;
}

export interface StoreKind {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** `timeoutMs`: patience with a statement, of PostgreSQL alone. */
  create(timeoutMs?: number): Promise<TestStore>;
}

export interface SqliteTestStore extends TestStore {
  readonly directory: string;
}

export interface PostgresTestStore extends TestStore {
  readonly database: OwnDatabase;
}

export async function createSqliteTestStore(maxPages: number | null = null): Promise<SqliteTestStore> {
  const top = mkdtempSync(join(tmpdir(), 'gateway-access-log-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  return sqliteStoreIn(join(top, 'data'), maxPages);
}

export function sqliteStoreIn(directory: string, maxPages: number | null = null): SqliteTestStore {
  const file = join(directory, 'access-log.sqlite');
  return {
    directory,
    settings: { kind: 'sqlite', directory, maxPages },
    openLogRows: () => asLogRows(openSqliteRows(directory)),
    async sql<Row>(text: string) {
      const database = new DatabaseSync(file, { timeout: 1_000 });
      try {
        return database.prepare(text.replaceAll('log.', '')).all() as unknown as readonly Row[];
      } finally {
        database.close();
      }
    },
    async lock() {
      const database = new DatabaseSync(file);
      database.exec('BEGIN EXCLUSIVE');
      return releasedOnce(async () => database.close());
    },
  };
}

export async function createPostgresTestStore(
  serverUrl: string,
  timeoutMs = 4_000,
): Promise<PostgresTestStore> {
  const database = await createDatabase(serverUrl);
  onTestFinished(() => database.drop());
  return postgresStoreIn(database, { timeoutMs });
}

/** `url`: another way to the same database. */
export function postgresStoreIn(
  database: OwnDatabase,
  { timeoutMs = 4_000, url = database.url, mayMigrate = true } = {},
): PostgresTestStore {
  return {
    database,
    settings: { kind: 'postgres', url, indexUrl: null, timeoutMs, mayMigrate, mayOwn: mayMigrate },
    openLogRows: () => openPostgresRows({ url: database.url, timeoutMs }),
    sql: <Row>(text: string) => database.sql<Row>(text.replaceAll('log.', 'access_log.')),
    async lock() {
      const client = new Client({ connectionString: database.url });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('BEGIN; LOCK TABLE access_log.positions IN ACCESS EXCLUSIVE MODE');
      return releasedOnce(() => client.end());
    },
  };
}

function releasedOnce(release: () => Promise<void>): () => Promise<void> {
  let released: Promise<void> | null = null;
  const once = (): Promise<void> => (released ??= release());
  onTestFinished(once);
  return once;
}

const sharedUrl = await findSharedPostgres();
const binaries = findPostgresBinaries();

/** A server for tests that leave it alone: the shared one, else one that is started for it. Undefined where there is none. */
export async function aPostgresServer(): Promise<
  { readonly url: string; stop(): Promise<void> } | undefined
> {
  if (sharedUrl !== undefined) return { url: sharedUrl, stop: async () => undefined };
  if (binaries === undefined) return undefined;
  const own = await startOwnPostgres(binaries);
  return { url: own.url, stop: () => own.remove() };
}

export const isPostgresMissing = isSkippedWithout(
  'PostgreSQL',
  sharedUrl !== undefined || binaries !== undefined,
);
/** For tests that stop and pause a server. */
export const postgresBinaries = binaries;

let server: Awaited<ReturnType<typeof aPostgresServer>>;

/** Address of the database of this file's tests. */
export async function postgresUrl(): Promise<string> {
  server ??= await aPostgresServer();
  if (!server) throw new Error('PostgreSQL is missing');
  return server.url;
}

afterAll(() => server?.stop());

const SQLITE: StoreKind = { name: 'SQLite', create: () => createSqliteTestStore() };
const POSTGRES: StoreKind = {
  name: 'PostgreSQL',
  create: async (timeoutMs) => createPostgresTestStore(await postgresUrl(), timeoutMs),
};

/** Both, or SQLite alone where PostgreSQL is missing. */
export const STORES: readonly StoreKind[] = isPostgresMissing ? [SQLITE] : [SQLITE, POSTGRES];
