import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { AccessLog } from '../../../src/access-log/write/group-commit.ts';
import { startPostgresRelay } from '../../support/servers/postgres-relay.ts';
import {
  connectionsIn,
  createDatabase,
  startOwnPostgres,
  untilAnswers,
  type OwnPostgres,
} from '../../support/servers/postgres.ts';
import { delay, isSkippedWithout } from '../../support/servers/redis.ts';
import { expectBounded, startLoad, type AppendLoad } from '../support/append-load.ts';
import { exampleRecord } from '../support/example-record.ts';
import { appendMany, appendOne, codes, openLog, outcomeOf, UNAVAILABLE, until } from '../support/fixtures.ts';
import { postgresBinaries, postgresStoreIn, type PostgresTestStore } from '../support/test-stores.ts';
import { expectWholeTree } from '../support/whole-tree.ts';

const PATIENCE_MS = 500;
const STATEMENT_MS = 1_000;
/** Wide: two busy cores, and a server that starts beside. */
const LONGEST_MS = 5_000;
const HEALED_MS = 30_000;

const isMissing = isSkippedWithout('a PostgreSQL that tests can stop', postgresBinaries !== undefined);

describe.skipIf(isMissing)('a server of its own', () => {
  let server: OwnPostgres;

  beforeAll(async () => {
    server = await startOwnPostgres(postgresBinaries ?? '');
  });
  afterAll(() => server.remove());

  async function openStore(port = server.port): Promise<PostgresTestStore> {
    const database = await createDatabase(server.url);
    const way = new URL(database.url);
    way.port = String(port);
    return postgresStoreIn(database, { url: way.href, timeoutMs: STATEMENT_MS });
  }

  /** All that settled is in one tree, once. */
  async function expectAllThere(
    store: PostgresTestStore,
    { settled }: Pick<AppendLoad, 'settled'>,
  ): Promise<void> {
    const written = await expectWholeTree(store);
    const known = new Set(written);
    expect(known.size).toBe(written.length);
    expect(settled.filter((id) => !known.has(id))).toEqual([]);
  }

  /** Under load, before, in and after the trouble. */
  async function withLoad(
    store: PostgresTestStore,
    trouble: (load: AppendLoad, log: AccessLog) => Promise<void>,
  ): Promise<readonly string[]> {
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: PATIENCE_MS, observer });
    const load = startLoad(log);
    await until(() => load.settled.length > 50, 'it runs');
    await trouble(load, log);
    const before = load.settled.length;
    await until(() => load.settled.length > before + 50, 'it runs again', HEALED_MS);
    await load.stop();
    expect(log.isHealthy()).toBe(true);
    expectBounded(load, LONGEST_MS);
    await expectAllThere(store, load);
    expect(seen.at(-1)).toBe('recovered');
    return seen;
  }

  test.each(['fast', 'immediate'] as const)(
    'stopped (%s), and back',
    async (mode) => {
      await withLoad(await openStore(), async (load, log) => {
        await server.stop(mode);
        await until(() => !log.isHealthy(), 'it is noticed');
        const before = load.settled.length;
        await delay(1_000);
        expect(load.settled.length).toBe(before);
        await server.start();
      });
    },
    60_000,
  );

  test('paused, and continued', async () => {
    const store = await openStore();
    const seen = await withLoad(store, async (load, log) => {
      server.signal('SIGSTOP');
      await until(() => !log.isHealthy(), 'it is noticed');
      const before = load.settled.length;
      await delay(3_000);
      expect(load.settled.length).toBe(before);
      server.signal('SIGCONT');
    });
    expect(seen).toContain('timeout');
    // Connections that were given up are gone on the server's side too.
    await until(async () => (await connectionsTo(store)) <= 2, 'few are left');
  }, 60_000);

  test('stopped between two answers: the next one waits for it, and nobody is refused', async () => {
    const store = await openStore();
    const log = await openLog(store, { appendTimeoutMs: 20_000 });
    const ids = [await appendOne(log)];
    await server.stop('fast');
    const appended = appendMany(log, 3);
    await server.start();
    ids.push(...(await appended));
    expect([...(await expectWholeTree(store))].sort()).toEqual([...ids].sort());
  }, 60_000);

  test('restarted while nobody asked: nobody is refused', async () => {
    const store = await openStore();
    const log = await openLog(store, { appendTimeoutMs: 5_000 });
    const ids = [await appendOne(log)];
    await server.stop('immediate');
    await server.start();
    await untilAnswers(server.url);
    ids.push(await appendOne(log));
    expect(await expectWholeTree(store)).toEqual(ids);
  }, 60_000);

  test('the connection cut after the commit, before its answer: refused, and on record all the same', async () => {
    const relay = await startPostgresRelay(server.port);
    onTestFinished(() => relay.close());
    const store = await openStore(relay.port);
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: PATIENCE_MS, observer });
    const ids = [await appendOne(log)];
    for (let round = 0; round < 3; round++) {
      const record = exampleRecord();
      relay.cutAfterCommit();
      expect((await outcomeOf(log.append(record))).error).toMatchObject(UNAVAILABLE);
      await until(() => log.isHealthy(), 'it is well again');
      ids.push(record.id, await appendOne(log));
    }
    expect(seen.filter((code) => code === 'recovered')).toHaveLength(3);
    expect(await expectWholeTree(store)).toEqual(ids);
  });

  test('the connection cut before the commit: refused, and not on record', async () => {
    const relay = await startPostgresRelay(server.port);
    onTestFinished(() => relay.close());
    const store = await openStore(relay.port);
    const log = await openLog(store, { appendTimeoutMs: PATIENCE_MS });
    const ids = [await appendOne(log)];
    relay.cutBeforeCommit();
    expect((await outcomeOf(log.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
    await until(() => log.isHealthy(), 'it is well again');
    ids.push(await appendOne(log));
    expect(await expectWholeTree(store)).toEqual(ids);
  });

  test('cut again and again under load: nothing that settled is missing', async () => {
    const relay = await startPostgresRelay(server.port);
    onTestFinished(() => relay.close());
    const seen = await withLoad(await openStore(relay.port), async (load) => {
      for (let round = 0; round < 10; round++) {
        const before = load.settled.length;
        if (round % 2 === 0) relay.cutAfterCommit();
        else relay.cutBeforeCommit();
        await delay(400);
        await until(() => load.settled.length > before + 10, 'it runs again');
      }
    });
    expect(seen.filter((code) => code === 'recovered').length).toBeGreaterThan(3);
  }, 60_000);

  test('a network that swallows everything, and is back', async () => {
    const relay = await startPostgresRelay(server.port);
    onTestFinished(() => relay.close());
    await withLoad(await openStore(relay.port), async (load, log) => {
      relay.silence(true);
      await until(() => !log.isHealthy(), 'it is noticed');
      const before = load.settled.length;
      await delay(3_000);
      expect(load.settled.length).toBe(before);
      relay.silence(false);
    });
  }, 60_000);

  test('a lock for long: statements that wait do not pile up on the server', async () => {
    const store = await openStore();
    let most = 0;
    await withLoad(store, async (_load, log) => {
      const release = await store.lock();
      await until(() => !log.isHealthy(), 'it is noticed');
      for (let look = 0; look < 15; look++) {
        most = Math.max(most, await connectionsTo(store));
        await delay(200);
      }
      await release();
    });
    // The writer's, the one before it, and who holds the lock.
    expect(most).toBeLessThanOrEqual(3);
  }, 60_000);

  test('the server says that its disk is full: refused until there is room, unhealthy all the while', async () => {
    const store = await openStore();
    await (await openLog(store)).close();
    await store.sql(`CREATE FUNCTION log.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`);
    const seen = await withLoad(store, async (load, log) => {
      for (const table of ['groups', 'probes']) {
        await store.sql(
          `CREATE TRIGGER full_disk BEFORE INSERT ON log.${table} FOR EACH ROW EXECUTE FUNCTION log.full_disk()`,
        );
      }
      await until(() => !log.isHealthy(), 'it is noticed');
      const before = load.settled.length;
      for (let look = 0; look < 20; look++) {
        await delay(50);
        expect(log.isHealthy()).toBe(false);
      }
      expect(load.settled.length).toBe(before);
      for (const table of ['groups', 'probes']) await store.sql(`DROP TRIGGER full_disk ON log.${table}`);
    });
    expect(seen).toContain('pg-53100');
  }, 60_000);

  function connectionsTo({ database }: PostgresTestStore): Promise<number> {
    return connectionsIn(server.url, new URL(database.url).pathname.slice(1));
  }
});
