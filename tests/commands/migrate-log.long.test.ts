import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildAccessLog } from '../../src/access-log/write/group-commit.ts';
import { KEYS } from '../access-log/support/example-record.ts';
import { appendOne, expectThere, openLog } from '../access-log/support/fixtures.ts';
import { isPostgresMissing, postgresStoreIn, postgresUrl } from '../access-log/support/test-stores.ts';
import { createDatabase } from '../support/servers/postgres.ts';
import { runLogCommand } from './log-command.ts';

/** A database without a log, and a login that may do nothing there. */
async function emptyDatabase() {
  const database = await createDatabase(await postgresUrl());
  onTestFinished(() => database.drop());
  const login = `gateway "${randomBytes(4).toString('hex')}"`;
  const quoted = `"${login.replaceAll('"', '""')}"`;
  await database.sql(`CREATE ROLE ${quoted} LOGIN`);
  onTestFinished(async () => {
    await database.sql(`DROP ROLE ${quoted}`);
  });
  const store = postgresStoreIn(database, {
    url: database.urlOf(encodeURIComponent(login)),
    mayMigrate: false,
  });
  const start = () => buildAccessLog({ store: store.settings, ...KEYS });
  return { database, login, store, start };
}

describe.skipIf(isPostgresMissing)('PostgreSQL', () => {
  test('a production start stops with a login that could change the log', async () => {
    const { database } = await emptyDatabase();
    const owner = { DATABASE_OWNER_URL: database.url };
    expect(runLogCommand('migrate-log', [], owner).status).toBe(0);
    const store = postgresStoreIn(database, { mayMigrate: false });
    await expect(buildAccessLog({ store: store.settings, ...KEYS })).rejects.toThrow(
      'cannot be opened: login-may-change-log',
    );
  });

  test('a production start stops until the owner has migrated, and granted the login its part', async () => {
    const { database, login, store, start } = await emptyDatabase();
    const owner = { DATABASE_OWNER_URL: database.url, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    await expect(start()).rejects.toThrow(/cannot be opened: (not-migrated|role-not-granted)$/);
    expect(runLogCommand('migrate-log', [], owner)).toEqual({
      status: 0,
      stdout: 'version 1: migrated\nversion 2: migrated\nversion 3: migrated\n',
      stderr: '',
    });
    await expect(start()).rejects.toThrow('cannot be opened: role-not-granted');
    expect(runLogCommand('migrate-log', ['--grant', login], owner)).toEqual({
      status: 0,
      stdout: `version 3: nothing to do\n${login}: may write and read the log and fill its index\n`,
      stderr: '',
    });
    await expectThere(store, [await appendOne(await openLog(store))]);
  });

  test('the demo starts with the login that the owner granted its part, and with none that was not', async () => {
    const { database, login, store } = await emptyDatabase();
    const demo = postgresStoreIn(database, { url: database.urlOf(encodeURIComponent(login)) });
    const owner = { DATABASE_OWNER_URL: database.url };
    await expect(openLog(demo)).rejects.toThrow(/cannot be opened: (not-migrated|role-not-granted)$/);
    runLogCommand('migrate-log', [], owner);
    await expect(openLog(demo)).rejects.toThrow('cannot be opened: role-not-granted');
    runLogCommand('migrate-log', ['--grant', login], owner);
    await expectThere(store, [await appendOne(await openLog(demo))]);
  });

  test('a start on a database of a later version stops', async () => {
    const { database, login, start } = await emptyDatabase();
    expect(runLogCommand('migrate-log', ['--grant', login], { DATABASE_URL: database.url }).status).toBe(0);
    await database.sql('INSERT INTO access_log.migrations VALUES (99)');
    await expect(start()).rejects.toThrow('cannot be opened: newer-format');
  });

  test('who owns nothing migrates nothing', async () => {
    const { database, login } = await emptyDatabase();
    const url = database.urlOf(encodeURIComponent(login));
    const { status, stdout, stderr } = runLogCommand('migrate-log', [], { DATABASE_URL: url });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^the access log cannot be used: pg-42501\nThe login may not do that: .*\n$/);
  });

  test('a login that is not there is named, and what was migrated stays', async () => {
    const { database } = await emptyDatabase();
    const environment = { DATABASE_URL: database.url };
    const { status, stdout, stderr } = runLogCommand(
      'migrate-log',
      ['--grant', 'no-such-login'],
      environment,
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: 'version 1: migrated\nversion 2: migrated\nversion 3: migrated\n',
      stderr: 'There is no login no-such-login.\n',
    });
  });
});

const PASSWORD = 'hunter2-secret';

test.each([
  ['nobody listens', `postgres://owner:${PASSWORD}@127.0.0.1:1/log`, 1],
  ['a host that there is not', `postgres://owner:${PASSWORD}@gateway.invalid/log`, 1],
  ['no URL of PostgreSQL', `mysql://owner:${PASSWORD}@127.0.0.1/log`, 1],
])('no password is told: %s', (_name, url, wanted) => {
  const { status, stdout, stderr } = runLogCommand('migrate-log', [], { DATABASE_OWNER_URL: url });
  expect({ status, stdout }).toEqual({ status: wanted, stdout: '' });
  expect(stderr).not.toContain(PASSWORD);
  expect(stderr).not.toContain('    at ');
  expect(stderr.split('\n').length).toBeLessThanOrEqual(3);
});

test('without an address it says which is missing; arguments that cannot be meant show the usage', () => {
  expect(runLogCommand('migrate-log', [])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'DATABASE_OWNER_URL is not set\n',
  });
  const { status, stderr } = runLogCommand('migrate-log', ['--what']);
  expect(status).toBe(2);
  expect(stderr).toContain('Usage: ndg log migrate');
});
