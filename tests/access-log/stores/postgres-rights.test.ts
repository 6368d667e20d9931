import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { beforeAll, afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../../src/access-log/stores/postgres/connection.ts';
import { migrate } from '../../../src/access-log/stores/postgres/migrate.ts';
import { createDatabase, type OwnDatabase } from '../../support/servers/postgres.ts';
import { appendOne, openLog } from '../support/fixtures.ts';
import { isPostgresMissing, postgresStoreIn, postgresUrl } from '../support/test-stores.ts';

const NO_RIGHT = '42501';
// Roles are the whole server's.
const stranger = `access_log_stranger_${randomBytes(4).toString('hex')}`;

describe.skipIf(isPostgresMissing)('PostgreSQL', () => {
  let database: OwnDatabase;
  /** Partitions too, `schema.table`. */
  let logTables: readonly string[] = [];
  /** The first column of each table. */
  const columns = new Map<string, string>();
  let indexTables: readonly string[] = [];

  beforeAll(async () => {
    database = await createDatabase(await postgresUrl());
    const owner = await connect({ url: database.url, timeoutMs: 10_000 }, null);
    await migrate(owner);
    await owner.close();
  });
  afterAll(() => database.drop());

  test('the log takes entries, which makes a partition of each kind', async () => {
    const log = await openLog(postgresStoreIn(database));
    await appendOne(log);
    const tables = await database.sql<{ name: string; schema: string; first: string }>(
      `SELECT relnamespace::regnamespace || '.' || relname AS name, relnamespace::regnamespace::text AS schema,
         (SELECT attname FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum = 1) AS first
       FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text IN ('access_log', 'access_index')`,
    );
    for (const { name, first } of tables) columns.set(name, first);
    logTables = tables.filter(({ schema }) => schema === 'access_log').map(({ name }) => name);
    indexTables = tables.filter(({ schema }) => schema === 'access_index').map(({ name }) => name);
    const months = logTables.filter((name) => /_\d{6}$/.test(name));
    expect(months.map((name) => name.replace(/\d/g, '')).sort()).toEqual([
      'access_log.answers_',
      'access_log.groups_',
    ]);
    expect(logTables.length).toBeGreaterThan(8);
    expect(indexTables.length).toBeGreaterThan(2);
  });

  test('the writer may insert, and neither read nor change anything', async () => {
    const changes = logTables.flatMap((table) => [
      `SELECT count(*) FROM ${table}`,
      `UPDATE ${table} SET ${columns.get(table)} = NULL`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`,
      `ALTER TABLE ${table} ADD COLUMN more int`,
      `DROP TABLE ${table}`,
    ]);
    const others = [
      ...indexTables.map((table) => `SELECT count(*) FROM ${table}`),
      ...indexTables.map((table) => `DELETE FROM ${table}`),
      'INSERT INTO access_log.migrations VALUES (7)',
      'INSERT INTO access_log.probes VALUES (NULL)',
      'CREATE TABLE access_log.more (x int)',
      'CREATE FUNCTION access_log.more() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
      'COPY access_log.groups TO STDOUT',
      'SET ROLE postgres; SELECT count(*) FROM access_log.groups',
      'CREATE TEMPORARY TABLE more (x int)',
      'CREATE FUNCTION pg_temp.more() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    ];
    expect(await allowed('access_log_writer', [...changes, ...others])).toEqual([]);
  });

  // CVE-2007-2138: pg_temp comes first for types and tables wherever search_path does not name it.
  test('types of the writer’s own do not run its code as the owner, in a database that lets it make some', async () => {
    await database.sql(
      'GRANT TEMPORARY ON DATABASE ' + new URL(database.url).pathname.slice(1) + ' TO PUBLIC',
    );
    const writer = new Client({ connectionString: database.url });
    onTestFinished(() => writer.end());
    await writer.connect();
    await writer.query('SET SESSION AUTHORIZATION access_log_writer');
    await writer.query('CREATE TEMPORARY TABLE ran (as_whom pg_catalog.text)');
    await writer.query('GRANT INSERT ON ran TO PUBLIC');
    for (const type of ['text', 'int4', 'int8', 'bytea', 'bool']) {
      await writer.query(
        `CREATE FUNCTION pg_temp.evil(value pg_catalog.${type}) RETURNS pg_catalog.bool LANGUAGE plpgsql
         AS $$ BEGIN INSERT INTO pg_temp.ran VALUES (current_user); RETURN true; END $$`,
      );
      await writer.query(`CREATE DOMAIN pg_temp.${type} AS pg_catalog.${type} CHECK (pg_temp.evil(VALUE))`);
    }
    const calls = [
      'ensure_month(202004)',
      'ensure_month(202005)',
      'probe(7)',
      'version()',
      "tree_end('x')",
      "tail_hashes('x', 0)",
      "tile_roots('x', 0, 0)",
    ];
    for (const call of calls) await writer.query(`SELECT access_log.${call}`);
    expect((await writer.query('SELECT * FROM pg_temp.ran')).rows).toEqual([]);
  });

  test('every function that runs as the owner names its search path, with pg_temp at its end', async () => {
    const functions = await database.sql<{ name: string; path: string | null }>(
      `SELECT proname AS name, array_to_string(proconfig, '; ') AS path FROM pg_proc
       WHERE pronamespace::regnamespace::text IN ('access_log', 'access_index') AND prosecdef`,
    );
    expect(functions.length).toBeGreaterThan(4);
    expect(
      functions.filter(({ path }) => !path?.split('; ').includes('search_path=pg_catalog, pg_temp')),
    ).toEqual([]);
  });

  test('the reader may read the log and its index, and change nothing; the indexer may change the index alone', async () => {
    const changes = logTables.flatMap((table) => [
      `INSERT INTO ${table} DEFAULT VALUES`,
      `UPDATE ${table} SET ${columns.get(table)} = NULL`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `ALTER TABLE ${table} ADD COLUMN more int`,
      `DROP TABLE ${table}`,
    ]);
    const others = [
      'CREATE TABLE access_log.more (x int)',
      'CREATE TABLE access_index.more (x int)',
      'SELECT access_log.ensure_month(202003)',
      'SELECT access_log.probe(1)',
      ...indexTables.map((table) => `TRUNCATE ${table}`),
    ];
    expect(await allowed('access_log_reader', [...changes, ...others])).toEqual([]);
    const reads = ['groups', 'answers', 'positions', 'tiles', 'seal_keys', 'documents', 'cosignatures'].map(
      (table) => `SELECT count(*) FROM access_log.${table}`,
    );
    expect(await allowed('access_log_reader', reads)).toEqual(reads);
    const ofIndex = indexTables.map((table) => `DELETE FROM ${table}`);
    const mayChange = ofIndex.filter((statement) => !statement.endsWith('.changes'));
    expect(mayChange).toHaveLength(ofIndex.length - 1);
    expect(await allowed('access_log_reader', ofIndex)).toEqual([]);
    expect(await allowed('access_log_indexer', [...changes, ...others, ...ofIndex])).toEqual(mayChange);
    const forged = "INSERT INTO access_index.changes (by, what) VALUES ('x', 'y')";
    expect(await allowed('access_log_indexer', [forged])).toEqual([]);
  });

  test('the writer makes no month of years to come: each would cost two tables', async () => {
    const [far] = await database.sql<{ month: number }>(
      "SELECT to_char(now() + interval '63 days', 'YYYYMM')::int AS month",
    );
    const later = Number(far?.month);
    for (const month of [later, 209_901, 201_912, 202_013]) {
      const made = database.sql(`SET ROLE access_log_writer; SELECT access_log.ensure_month(${month})`);
      await expect(made).rejects.toThrow('not a month');
    }
  });

  test('nobody else may use anything of it', async () => {
    await database.sql(`CREATE ROLE ${stranger} NOLOGIN`);
    onTestFinished(async () => void (await database.sql(`DROP ROLE ${stranger}`)));
    const statements = [
      ...logTables.map((table) => `SELECT count(*) FROM ${table}`),
      "SELECT access_log.tree_end('x')",
      'SELECT access_log.version()',
      'SELECT access_log.ensure_month(202003)',
    ];
    expect(await allowed(stranger, statements)).toEqual([]);
  });

  /** Statements that were not refused for want of the right. Each runs in a transaction that is rolled back. */
  async function allowed(role: string, statements: readonly string[]): Promise<readonly string[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    // A login that is nobody's superuser, so that SET ROLE leads nowhere else.
    await client.query(`SET SESSION AUTHORIZATION ${role}`);
    const passed: string[] = [];
    for (const statement of statements) {
      await client.query('BEGIN');
      const code = await client.query(statement).then(
        () => null,
        (error: unknown) => (error as { readonly code?: string }).code,
      );
      await client.query('ROLLBACK');
      if (code !== NO_RIGHT) passed.push(statement);
    }
    await client.end();
    return passed;
  }
});
