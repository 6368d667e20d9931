import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../../src/access-log/stores/postgres/connection.ts';
import { grantRoles, migrate } from '../../../src/access-log/stores/postgres/migrate.ts';
import { buildAccessLog } from '../../../src/access-log/write/group-commit.ts';
import { createDatabase, type OwnDatabase } from '../../support/servers/postgres.ts';
import { KEYS } from '../support/example-record.ts';
import { appendOne, openLog } from '../support/fixtures.ts';
import { isPostgresMissing, postgresStoreIn, postgresUrl } from '../support/test-stores.ts';

interface Case {
  readonly what: string;
  /** Given to the login beside its part, as a superuser; `LOGIN`, `ITSELF` and `OTHER` stand for names, of the database and of another role. */
  readonly given: string;
}

/** Rights that let a login change or remove rows of the log, or give itself such a right. */
const REFUSED: readonly Case[] = [
  ...['groups', 'answers', 'positions', 'tiles', 'documents', 'cosignatures', 'seal_keys', 'migrations'].map(
    (table) => ({ what: `UPDATE on ${table}`, given: `GRANT UPDATE ON access_log.${table} TO LOGIN` }),
  ),
  { what: 'DELETE on groups', given: 'GRANT DELETE ON access_log.groups TO LOGIN' },
  { what: 'TRUNCATE on answers', given: 'GRANT TRUNCATE ON access_log.answers TO LOGIN' },
  { what: 'UPDATE on one column', given: 'GRANT UPDATE (note) ON access_log.groups TO LOGIN' },
  { what: 'DELETE on one partition', given: 'GRANT DELETE ON access_log.answers_202611 TO LOGIN' },
  { what: 'a trigger on what is inserted', given: 'GRANT TRIGGER ON access_log.answers TO LOGIN' },
  { what: 'what everybody may', given: 'GRANT DELETE ON access_log.answers TO PUBLIC' },
  { what: 'what the writer’s role may', given: 'GRANT DELETE ON access_log.tiles TO access_log_writer' },
  { what: 'a role that may', given: 'GRANT DELETE ON access_log.groups TO OTHER; GRANT OTHER TO LOGIN' },
  {
    what: 'a role that may, to be taken by SET ROLE',
    given: 'ALTER ROLE LOGIN NOINHERIT; GRANT DELETE ON access_log.groups TO OTHER; GRANT OTHER TO LOGIN',
  },
  { what: 'pg_write_all_data', given: 'GRANT pg_write_all_data TO LOGIN' },
  { what: 'files of the server', given: 'GRANT pg_write_server_files TO LOGIN' },
  { what: 'programs on the server', given: 'GRANT pg_execute_server_program TO LOGIN' },
  { what: 'a superuser', given: 'ALTER ROLE LOGIN SUPERUSER' },
  { what: 'who may become one', given: 'ALTER ROLE OTHER SUPERUSER; GRANT OTHER TO LOGIN' },
  { what: 'CREATEROLE', given: 'ALTER ROLE LOGIN CREATEROLE' },
  { what: 'the owner of the database', given: 'ALTER DATABASE ITSELF OWNER TO LOGIN' },
  { what: 'the owner of the schema', given: 'ALTER SCHEMA access_log OWNER TO LOGIN' },
  { what: 'who may make tables there', given: 'GRANT CREATE ON SCHEMA access_log TO LOGIN' },
  { what: 'the owner of a table', given: 'ALTER TABLE access_log.tiles OWNER TO LOGIN' },
  { what: 'the owner of a partition', given: 'ALTER TABLE access_log.groups_202611 OWNER TO LOGIN' },
  {
    what: 'a member of the owner',
    given: 'ALTER TABLE access_log.answers OWNER TO OTHER; GRANT OTHER TO LOGIN',
  },
  {
    what: 'the owner of a function that the writer asks',
    given: 'ALTER FUNCTION access_log.version() OWNER TO LOGIN',
  },
];

const TAKEN: readonly Case[] = [
  { what: 'nothing else', given: 'SELECT 1' },
  { what: 'reading everything', given: 'GRANT pg_read_all_data TO LOGIN' },
  {
    what: 'tables of its own elsewhere',
    given: 'CREATE TABLE public.own (x int); ALTER TABLE public.own OWNER TO LOGIN',
  },
];

describe.skipIf(isPostgresMissing)('PostgreSQL, where a login may write the log and has', () => {
  let url = '';
  beforeAll(async () => {
    url = await postgresUrl();
  });

  test.each(REFUSED)('$what: no production start', async ({ given }) => {
    const { database, login } = await databaseWith(given);
    const { settings } = postgresStoreIn(database, { url: database.urlOf(login), mayMigrate: false });
    await expect(buildAccessLog({ store: settings, ...KEYS })).rejects.toThrow(
      'cannot be opened: login-may-change-log',
    );
  });

  test.each(TAKEN)('$what: it starts', async ({ given }) => {
    const { database, login } = await databaseWith(given);
    const store = postgresStoreIn(database, { url: database.urlOf(login), mayMigrate: false });
    const log = await openLog(store);
    await expect(appendOne(log)).resolves.toMatch(/^[0-9a-f]{32}$/);
  });

  /** With a month of its own, and roles that are gone when the test ends. */
  async function databaseWith(given: string): Promise<{ database: OwnDatabase; login: string }> {
    const database = await createDatabase(url);
    const name = new URL(database.url).pathname.slice(1);
    const login = `gateway_${randomBytes(4).toString('hex')}`;
    const other = `${login}_other`;
    onTestFinished(async () => {
      const roles = `${login}, ${other}`;
      await database.sql(
        `REASSIGN OWNED BY ${roles} TO CURRENT_USER; DROP OWNED BY ${roles}; DROP ROLE ${roles}`,
      );
      await database.drop();
    });
    await database.sql(`CREATE ROLE ${login} LOGIN; CREATE ROLE ${other}`);
    const owner = await connect({ url: database.url, timeoutMs: 10_000 }, null);
    await migrate(owner);
    await owner.query('SELECT access_log.ensure_month(202611)');
    await grantRoles(owner, login);
    await owner.close();
    await database.sql(
      given.replaceAll('LOGIN', login).replaceAll('OTHER', other).replaceAll('ITSELF', name),
    );
    return { database, login };
  }
});
