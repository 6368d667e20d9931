import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BEHIND, RECORD_REFUSED } from '../../src/access-log/stores/log-store.ts';
import { openDirectWriter } from './direct-writer.ts';
import { exampleRecord, LOG } from './example-record.ts';
import { appendOne, codes, expectThere, openLog, outcomeOf } from './fixtures.ts';
import {
  createPostgresTestStore,
  isPostgresMissing,
  postgresUrl,
  type PostgresTestStore,
} from './test-stores.ts';

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
    await waitingFor(store, 'advisory');
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

async function waitingFor(store: PostgresTestStore, kind: string): Promise<void> {
  for (let tries = 0; tries < 80; tries++) {
    const waiting = await store.sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = '${kind}'`,
    );
    if (waiting.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('in vain waited until somebody waits');
}
