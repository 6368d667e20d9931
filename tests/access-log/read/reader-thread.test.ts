import { describe, expect, onTestFinished, test } from 'vitest';
import { EVERYTHING } from '../../../src/access-log/questions/audit-scope.ts';
import { buildReaderThread } from '../../../src/access-log/read/reader-thread.ts';
import { authorGroups, plainGroups } from '../export/log-author.ts';
import { SEAL_KEYS } from '../example-record.ts';
import { STORES } from '../test-stores.ts';

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
