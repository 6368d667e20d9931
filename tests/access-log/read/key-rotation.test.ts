import { describe, expect, onTestFinished, test } from 'vitest';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { SearchKeyMissing } from '../../../src/access-log/read/index/indexer.ts';
import { buildLogReader } from '../../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import type { Subject } from '../../../src/disclosure/subject.ts';
import { authorGroups } from '../export/log-author.ts';
import { LOG, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';

/** Keys of `log-search` come and go, and no search misses anything, or finds it twice. */

const FIRST = { id: 'k1', key: Buffer.alloc(32, 1) };
const SECOND = { id: 'k2', key: Buffer.alloc(32, 2) };
const PERSON: Subject = { kind: 'person', key: '001190900011' };
const START = Date.UTC(2025, 2, 1);
const group = (hour: number) => ({
  at: START + hour * 3_600_000,
  answers: [{ subjects: SUBJECTS.slice(0, 1) }],
});

function readerOf(store: TestStore, searchKeys: KeyRing) {
  const reader = buildLogReader({ ...openRowsAndIndex(store.settings), sealKeys: SEAL_KEYS, searchKeys });
  onTestFinished(() => reader.close());
  return async () => {
    const { entries } = await reader.search({ ...EVERYTHING, subject: PERSON }, { first: 100, after: null });
    return entries.map(({ entry }) => entry.index);
  };
}

describe.each(STORES)('in $name', ({ create }) => {
  test('a new key beside the old one, then without it, and two instances that differ meanwhile', async () => {
    const store = await create();
    await authorGroups(store, [group(0), group(1)]);
    expect(await readerOf(store, [FIRST])()).toEqual([1, 0]);
    const both = readerOf(store, [SECOND, FIRST]);
    const behind = readerOf(store, [FIRST]);
    await authorGroups(store, [group(2), group(3)]);
    expect(await both()).toEqual([3, 2, 1, 0]);
    await authorGroups(store, [group(4)]);
    expect(await behind()).toEqual([4, 3, 2, 1, 0]);
    expect(await both()).toEqual([4, 3, 2, 1, 0]);
    // Retired: made anew under the other one.
    expect(await readerOf(store, [SECOND])()).toEqual([4, 3, 2, 1, 0]);
    expect(await both()).toEqual([4, 3, 2, 1, 0]);
    await expect(behind()).rejects.toThrow(SearchKeyMissing);
    expect(await both()).toEqual([4, 3, 2, 1, 0]);
  });

  test('another key under the same id finds nothing, and says so', async () => {
    const store = await create();
    await authorGroups(store, [group(0)]);
    expect(await readerOf(store, [FIRST])()).toEqual([0]);
    await expect(readerOf(store, [{ ...SECOND, id: FIRST.id }])()).rejects.toThrow(SearchKeyMissing);
  });
});

describe.each(STORES)('an index in $name', ({ create }) => {
  test('takes no batch of before it was forgotten, which would pass for all that was before it', async () => {
    const store = await create();
    await authorGroups(store, [group(0)]);
    const { rows, index } = openRowsAndIndex(store.settings);
    onTestFinished(async () => {
      await index.close();
      await rows.close();
    });
    const batch = { log: LOG, answers: [], subjects: [], gaps: [], seal: 'x' };
    expect(await index.add({ ...batch, key: 'k1:x', from: 0, nextLeaf: 5 })).toBe('added');
    expect(await index.add({ ...batch, key: 'k2:x', from: 5, nextLeaf: 9 })).toBe('refused');
    expect(await index.add({ ...batch, key: 'k1:x', from: 6, nextLeaf: 9 })).toBe('refused');
    await index.forget(LOG);
    expect(await index.add({ ...batch, key: 'k1:x', from: 5, nextLeaf: 9 })).toBe('refused');
    expect(await index.progress(LOG)).toBe(null);
    expect(await index.add({ ...batch, key: 'k2:x', from: 0, nextLeaf: 3 })).toBe('added');
    expect(await index.progress(LOG)).toEqual({ key: 'k2:x', nextLeaf: 3, seal: 'x' });
  });
});
