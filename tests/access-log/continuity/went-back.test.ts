import { copyFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleRecord } from '../support/example-record.ts';
import {
  appendMany,
  codes,
  expectWorking,
  openLog,
  outcomeOf,
  UNAVAILABLE,
  until,
} from '../support/fixtures.ts';
import {
  createPostgresTestStore,
  createSqliteTestStore,
  isPostgresMissing,
  postgresUrl,
} from '../support/test-stores.ts';

test('SQLite: an older copy in the place of the file is not written to, and the newer one goes on', async () => {
  const store = await createSqliteTestStore();
  const file = join(store.directory, 'access-log.sqlite');
  const { seen, observer } = codes();
  const first = await openLog(store);
  await appendMany(first, 3);
  await first.close();
  await copyFile(file, `${file}.backup`);
  const log = await openLog(store, { appendTimeoutMs: 300, observer });
  await appendMany(log, 3);

  for (const suffix of ['', '-wal', '-shm']) await rename(file + suffix, `${file}.newer${suffix}`);
  await copyFile(`${file}.backup`, file);
  expect((await outcomeOf(log.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
  await until(() => seen.includes('tree-went-back'), 'it is noticed');
  expect(log.isHealthy()).toBe(false);

  for (const suffix of ['', '-wal', '-shm']) await rename(`${file}.newer${suffix}`, file + suffix);
  await expectWorking(log, store);
});

describe.skipIf(isPostgresMissing)('PostgreSQL', () => {
  test('a database that lost its last commits, as a standby may, is not written to', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: 300, observer });
    await appendMany(log, 3);
    const size = log.size();
    await appendMany(log, 3);
    for (const table of ['groups', 'answers', 'positions']) {
      await store.sql(`DELETE FROM log.${table} WHERE first_leaf >= ${size}`);
    }
    await store.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect((await outcomeOf(log.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
    await until(() => seen.includes('tree-went-back'), 'it is noticed');
    expect(log.isHealthy()).toBe(false);
    expect(await store.sql('SELECT 1 FROM log.groups')).toHaveLength(1);
  });
});
