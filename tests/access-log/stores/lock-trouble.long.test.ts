import { describe, expect, test } from 'vitest';
import { exampleRecord } from '../support/example-record.ts';
import {
  appendOne,
  codes,
  expectThere,
  expectWorking,
  openLog,
  openReader,
  outcomeOf,
  UNAVAILABLE,
  until,
} from '../support/fixtures.ts';
import { STORES } from '../support/test-stores.ts';

/** How a lock shows: SQLITE_BUSY; a statement that the server cut short. */
const CODES = { SQLite: 'sqlite-5', PostgreSQL: 'pg-57014' };

describe.each(STORES)('$name', ({ name, create }) => {
  test('a lock by somebody else: refused in time, at once while it lasts, and back by itself when it is gone', async () => {
    const store = await create(1_500);
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: 500, observer });
    const release = await store.lock();

    const first = await outcomeOf(log.append(exampleRecord()));
    expect(first.error).toMatchObject(UNAVAILABLE);
    expect(first.milliseconds).toBeLessThan(3_000);
    expect(log.isHealthy()).toBe(false);
    await until(() => seen.length > 4, 'the trouble lasts');
    const during = await outcomeOf(log.append(exampleRecord()));
    expect(during.error).toMatchObject(UNAVAILABLE);
    // Without waiting out its own patience.
    expect(during.milliseconds).toBeLessThan(450);
    expect(seen).toContain(CODES[name]);
    expect(seen).not.toContain('recovered');

    await release();
    await expectWorking(log, store);
    expect(seen.at(-1)).toBe('recovered');
    expect(await openReader(store).answerIds()).toHaveLength(1);
  });

  test('a lock shorter than the patience delays and refuses nobody', async () => {
    const store = await create(1_500);
    const { seen, observer } = codes();
    const log = await openLog(store, { appendTimeoutMs: 5_000, observer });
    const release = await store.lock();
    const appended = Promise.all([appendOne(log), appendOne(log)]);
    await until(() => seen.includes(CODES[name]), 'the lock was met');
    await release();
    await expectThere(store, await appended);
    expect(seen.at(-1)).toBe('recovered');
  });
});
