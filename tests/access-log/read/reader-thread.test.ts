import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { buildReaderThread, LogUnreadable } from '../../../src/access-log/read/thread/reader-thread.ts';
import { authorGroups, plainGroups } from '../export/log-author.ts';
import { createDatabase } from '../../support/servers/postgres.ts';
import { startPostgresRelay } from '../../support/servers/postgres-relay.ts';
import { LOG, SEAL_KEYS } from '../support/example-record.ts';
import { isPostgresMissing, postgresStoreIn, postgresUrl, STORES } from '../support/test-stores.ts';

const SEARCH_KEYS = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
const PAGE = { first: 10, after: null };
/** PostgreSQL refuses it; SQLite finds nothing. */
const STRANGE = { ...EVERYTHING, officer: 'le.van.an\u0000' };

describe.each(STORES)('on $name', ({ create }) => {
  test('a question that the database refuses takes nobody else’s with it', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(40, Date.UTC(2025, 2, 1)));
    const reader = buildReaderThread({ store: store.settings, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
    onTestFinished(() => reader.close());
    await reader.search(EVERYTHING, PAGE);
    const strange: Promise<unknown>[] = [];
    const others = Array.from({ length: 40 }, async (_none, n) => {
      if (n % 2 === 0) strange.push(reader.search(STRANGE, PAGE));
      return (await reader.search(EVERYTHING, PAGE)).entries.length;
    });
    const [settled] = await Promise.all([Promise.allSettled(others), Promise.allSettled(strange)]);
    expect(new Set(settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason)))).toEqual(
      new Set([10]),
    );
  });
});

test.skipIf(isPostgresMissing)(
  'a server that has gone silent holds no question up, and answers again later',
  async () => {
    const database = await createDatabase(await postgresUrl());
    const relay = await startPostgresRelay(Number(new URL(database.url).port));
    const way = new URL(database.url);
    way.port = String(relay.port);
    const store = postgresStoreIn(database, { url: way.href, timeoutMs: 1_000 });
    onTestFinished(() => relay.close());
    await authorGroups(store, plainGroups(4, Date.UTC(2025, 2, 1)));
    const reader = buildReaderThread({
      store: store.settings,
      sealKeys: SEAL_KEYS,
      searchKeys: SEARCH_KEYS,
      patienceMs: 1_000,
    });
    onTestFinished(() => reader.close());
    await vi.waitFor(() => reader.search(EVERYTHING, PAGE), { timeout: 20_000 });
    relay.silence(true);
    const startedAt = performance.now();
    const asked = [reader.search(EVERYTHING, PAGE), reader.counts(EVERYTHING, 'DAY'), reader.end(LOG)];
    const settled = await Promise.allSettled(asked);
    expect(settled.map((one) => one.status === 'rejected' && one.reason)).toEqual(
      asked.map(() => expect.any(LogUnreadable)),
    );
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    relay.silence(false);
    await vi.waitFor(() => reader.search(EVERYTHING, PAGE), { timeout: 40_000 });
  },
);
