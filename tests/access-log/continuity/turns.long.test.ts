import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BEHIND, RECORD_REFUSED } from '../../../src/access-log/stores/log-store.ts';
import { openStore } from '../../../src/access-log/stores/open-store.ts';
import { buildGroups } from '../../../src/access-log/write/group/build-groups.ts';
import { draftOf } from '../../../src/access-log/write/group/record-draft.ts';
import { openDirectWriter } from '../support/direct-writer.ts';
import { exampleRecord, KEYS, LOG } from '../support/example-record.ts';
import { appendOne, codes, expectThere, openLog, outcomeOf, until } from '../support/fixtures.ts';
import {
  createPostgresTestStore,
  isPostgresMissing,
  postgresUrl,
  type PostgresTestStore,
} from '../support/test-stores.ts';

const OTHER = 'national-data-gateway/other';

describe.skipIf(isPostgresMissing)('turns at a log in PostgreSQL', () => {
  test('whoever builds on the tree of one log keeps no other log waiting', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const log = await openLog(store);
    await appendOne(log);
    await heldBy(store, OTHER);
    const { error, milliseconds } = await outcomeOf(appendOne(log));
    expect(error).toBeNull();
    expect(milliseconds).toBeLessThan(900);
  });

  test('a group that waits for its turn has written nothing that others would wait for', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const writer = await openDirectWriter(store);
    const { rows } = await writer.write([exampleRecord()]);
    const holder = await heldBy(store, LOG);
    const next = rows.firstLeaf + rows.leaves;
    const late = writer.write([exampleRecord({ id: 'f'.repeat(32) })]).catch((error: unknown) => error);
    await until(async () => (await waiting(store, 'advisory')).length > 0, 'it waits');
    await holder.query("SET statement_timeout = '300ms'");
    await holder.query('INSERT INTO access_log.positions VALUES ($1, $2, $3)', [LOG, next, rows.month]);
    await holder.query(
      `INSERT INTO access_log.answers (log, month, first_leaf, leaves, id, time, head, tails)
       VALUES ($1, $3, $2, 1, repeat('f', 32), 0, '', '')`,
      [LOG, next, rows.month],
    );
    await holder.query('COMMIT');
    expect(await late).toMatchObject({ code: expect.stringMatching(`^(${BEHIND}|${RECORD_REFUSED})$`) });
  });

  test('a tree that grew while it was read, since its turn took too long, is behind and not broken', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const late = openStore(store.settings, LOG);
    onTestFinished(() => late.close());
    await late.open(true);
    const writer = await openDirectWriter(store);
    await writer.write([exampleRecord()]);
    await store.sql('ALTER FUNCTION log.tree_end(text) RENAME TO tree_end_now');
    await store.sql(
      `CREATE FUNCTION log.tree_end(wanted text)
       RETURNS TABLE (position_at bigint, group_end bigint, note text, answers_end bigint)
       LANGUAGE sql SECURITY DEFINER AS 'SELECT e.* FROM log.tree_end_now(wanted) AS e, pg_sleep(1.8)'`,
    );
    const building = late
      .commitNext((tree) => ({
        rows: buildGroups({ ...KEYS, tree }).build([draftOf(exampleRecord())], Date.now()).rows,
      }))
      .catch((error: unknown) => error);
    await until(async () => (await waiting(store, 'PgSleep')).length > 0, 'the tree is being read');
    await writer.write([exampleRecord({ id: 'f'.repeat(32) })]);
    expect(await building).toMatchObject({ code: BEHIND, isUncertain: false });
  });

  test('whoever may connect and takes every lock there is delays a log and the making of a month, and stops neither', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: 8_000, observer });
    const stranger = new Client({ connectionString: store.database.url });
    await stranger.connect();
    onTestFinished(() => stranger.end());
    await stranger.query('SELECT pg_advisory_lock(7261124, hashtext($1))', [LOG]);
    for (const key of [7_261_121, 7_261_122, 7_261_123]) {
      await stranger.query('SELECT pg_advisory_lock($1::bigint)', [key]);
    }
    await expectThere(store, [await appendOne(log)]);
    expect(seen).toEqual([]);
  });

  test('a turn that is never given up delays whoever waits for it, and stops nobody', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: 5_000, observer });
    await appendOne(log);
    await heldBy(store, LOG);
    const ids = [await appendOne(log), await appendOne(log)];
    await expectThere(store, ids);
    expect(seen).toEqual([]);
    expect(log.isHealthy()).toBe(true);
  });
});

/** In a transaction that has its turn alone until the test ends. */
async function heldBy(store: PostgresTestStore, log: string): Promise<Client> {
  const client = new Client({ connectionString: store.database.url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('SET ROLE access_log_writer');
  await client.query('BEGIN');
  await client.query('SELECT access_log.take_turn_alone($1)', [log]);
  return client;
}

/** Finds a session of the database that waits for this wait event of PostgreSQL. */
function waiting(store: PostgresTestStore, event: 'advisory' | 'PgSleep') {
  return store.sql(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = '${event}'`,
  );
}
