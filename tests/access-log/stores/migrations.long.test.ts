import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../../src/access-log/stores/postgres/connection.ts';
import { migrate } from '../../../src/access-log/stores/postgres/migrate.ts';
import { openDirectWriter } from '../support/direct-writer.ts';
import { exampleRecord, KEYS } from '../support/example-record.ts';
import { appendOne, openLog } from '../support/fixtures.ts';
import { createPostgresTestStore, isPostgresMissing, postgresUrl } from '../support/test-stores.ts';
import { expectWholeTree } from '../support/whole-tree.ts';

const NAMES = ['one', 'two', 'three', 'four'].map((instance) => `national-data-gateway/${instance}`);

describe.skipIf(isPostgresMissing)('PostgreSQL', () => {
  test('instances that start together on an empty database migrate it once', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const logs = await Promise.all(NAMES.map((log) => openLog(store, { log })));
    for (const log of logs) await appendOne(log);
    expect(await store.sql('SELECT version FROM log.migrations')).toEqual([
      { version: 1 },
      { version: 2 },
      { version: 3 },
    ]);
    for (const log of NAMES) await expectWholeTree(store, log);
  });

  test('databases of one server that are migrated together share its roles', async () => {
    const url = await postgresUrl();
    const stores = await Promise.all([1, 2, 3].map(() => createPostgresTestStore(url)));
    const versions = await Promise.all(
      stores.map(async ({ database }) => {
        const owner = await connect({ url: database.url, timeoutMs: 10_000 }, null);
        const done = [await migrate(owner), await migrate(owner)];
        await owner.close();
        return done;
      }),
    );
    expect(versions).toEqual(versions.map(() => [[1, 2, 3], []]));
  });

  test('a month that begins is made by all instances at once, and waits for nobody who reads or writes', async () => {
    const store = await createPostgresTestStore(await postgresUrl(), 2_000);
    const writers = [];
    for (const log of NAMES) writers.push(await openDirectWriter(store, { ...KEYS, log }));
    await writers[0]?.write([exampleRecord()], Date.UTC(2024, 10, 30));
    const other = new Client({ connectionString: store.database.url });
    onTestFinished(() => other.end());
    await other.connect();
    await other.query('BEGIN; SELECT * FROM access_log.answers; SELECT * FROM access_log.groups');
    await other.query("INSERT INTO access_log.groups SELECT 'other', 0, 0, 0, 202411, '', '', '', ''");
    for (const month of [11, 12, 13]) {
      await Promise.all(writers.map((writer) => writer.write([exampleRecord()], Date.UTC(2024, month, 1))));
    }
    await other.query('ROLLBACK');
    const months = await store.sql('SELECT DISTINCT month FROM log.groups ORDER BY month');
    expect(months.map(({ month }) => month)).toEqual([202_411, 202_412, 202_501, 202_502]);
    for (const log of NAMES) await expectWholeTree(store, log);
  });

  test('a partition that was taken away is made again', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const log = await openLog(store);
    await appendOne(log);
    const [row] = await store.sql<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relname ~ '^answers_\\d{6}$'`,
    );
    await store.sql(`ALTER TABLE log.answers DETACH PARTITION log.${row?.name}`);
    await store.sql(`ALTER TABLE log.${row?.name} RENAME TO put_aside`);
    await appendOne(log);
    expect(log.isHealthy()).toBe(true);
    expect(await store.sql('SELECT id FROM log.answers')).toHaveLength(1);
  });
});
