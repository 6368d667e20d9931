import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { gatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { buildLogReader } from '../../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import type { Gap } from '../../../src/access-log/read/search/unreadable-entries.ts';
import { authorGroups } from '../export/log-author.ts';
import { LOG, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';

/** The gateway's own login may change the search index, and the store's owner may drop a month: neither goes unseen. */

const START = Date.UTC(2025, 2, 1);
const SEARCH_KEYS = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
const PERSON = { kind: 'person', key: '001190900011' } as const;
const PAGE = { first: 10, after: null };
const WHOLE = { from: 0, count: 10 };
const GROUPS = [0, 1, 2].map((day) => ({
  at: START + day * 86_400_000,
  answers: [{ officer: `officer.${day}`, subjects: SUBJECTS.slice(0, 1) }],
}));

function openWatched(store: TestStore) {
  const gaps: Gap[] = [];
  const changed: Gap[] = [];
  const parts = openRowsAndIndex(store.settings);
  const reader = buildLogReader({
    ...parts,
    sealKeys: SEAL_KEYS,
    searchKeys: SEARCH_KEYS,
    onGap: (gap) => gaps.push(gap),
    onIndexChanged: (gap) => changed.push(gap),
  });
  onTestFinished(() => reader.close());
  return { reader, gaps, changed, index: parts.index };
}

/** Changes the index as another connection with the gateway's own rights would. `?` stands before its tables. */
async function changeIndex({ settings, sql }: TestStore, text: string): Promise<void> {
  if (settings.kind === 'postgres') {
    await sql(`SET ROLE access_log_indexer; ${text.replace('?', 'access_index.')}`);
    return;
  }
  const database = new DatabaseSync(join(settings.directory, 'access-log-index.sqlite'));
  database.exec(text.replace('?', ''));
  database.close();
}

const CHANGES: readonly (readonly [what: string, sql: string])[] = [
  ['outcomes', "UPDATE ?answers SET outcome = 'refused'"],
  ['a client', "UPDATE ?answers SET client = 'somebody' WHERE first_leaf = 1"],
  ['an officer', "UPDATE ?answers SET officer = 'somebody' WHERE first_leaf = 1"],
  ['times', 'UPDATE ?answers SET time = time - 90000000000'],
  ['answers that were deleted', 'DELETE FROM ?answers WHERE first_leaf > 0'],
  ['subjects that were deleted', 'DELETE FROM ?subjects'],
  ['a release', 'UPDATE ?subjects SET release = 9000000000000'],
  [
    'gaps that nobody has',
    "INSERT INTO ?gaps (log, first_leaf, leaves, since, until) VALUES ('x', 0, 3, 0, 1)",
  ],
];

describe.each(STORES)('in $name', ({ name, create }) => {
  test.each(CHANGES)('%s, changed in the index, are told and put right', async (what, sql) => {
    const store = await create();
    await authorGroups(store, GROUPS);
    const { reader, changed } = openWatched(store);
    const bySubject = { ...EVERYTHING, subject: PERSON, releasedBy: START + 10 * 86_400_000 };
    expect((await reader.search(bySubject, PAGE)).entries).toHaveLength(3);
    expect(changed).toEqual([]);
    const foreign = what.startsWith('gaps') && name === 'PostgreSQL';
    await changeIndex(store, foreign ? sql.replace("'x'", `'${LOG}'`) : sql);
    for (let day = 0; day < 3; day++) {
      const found = await reader.search({ ...EVERYTHING, officer: `officer.${day}` }, PAGE);
      expect(found).toMatchObject({ entries: [{ entry: { index: day } }], unreadable: [] });
    }
    expect((await reader.search(bySubject, PAGE)).entries).toHaveLength(3);
    expect(changed).toEqual([{ log: LOG, firstLeaf: 0, leaves: 3 }]);
    expect(await reader.counts(EVERYTHING, 'OUTCOME')).toEqual([{ value: 'answered', answers: null }]);
  });

  test('a change in a long log is found by the next query, wherever it is; an idle reader compares nothing twice', async () => {
    const store = await create();
    const days = Array.from({ length: 30 }, (_, day) => day);
    await authorGroups(
      store,
      days.map((day) => ({
        at: START + day * 86_400_000,
        answers: Array.from({ length: 60 }, () => ({ officer: `officer.${day}`, subjects: SUBJECTS })),
      })),
    );
    const { reader, changed, index } = openWatched(store);
    let compared = 0;
    const { holds } = index;
    index.holds = (part) => {
      compared += 1;
      return holds(part);
    };
    const lags: number[] = [];
    for (let second = 0; second < 12; second++) await reader.follow((lag) => lags.push(lag));
    expect(lags[0]).toBe(days.length * 60 * SUBJECTS.length);
    expect(lags.at(-1)).toBe(0);
    const once = compared;
    for (let second = 0; second < 5; second++) await reader.follow();
    expect(compared).toBe(once);
    await changeIndex(store, "UPDATE ?answers SET officer = 'somebody' WHERE officer = 'officer.20'");
    const found = await reader.counts({ ...EVERYTHING, officer: 'officer.20' }, 'OFFICER');
    expect(found).toEqual([{ value: 'officer.20', answers: 60 }]);
    expect(changed).not.toEqual([]);
  });

  test.each([
    ['moved ahead', 'UPDATE ?progress SET next_leaf = 3'],
    ['of another key', "UPDATE ?progress SET seal = 'x'"],
  ])('an index whose progress was %s is made anew, and told', async (what, sql) => {
    const store = await create();
    await authorGroups(store, GROUPS.slice(0, 1));
    const { reader, changed } = openWatched(store);
    await reader.follow();
    if (what === 'moved ahead') await authorGroups(store, GROUPS);
    await changeIndex(store, sql);
    const { entries } = await reader.search({ ...EVERYTHING, subject: PERSON }, PAGE);
    expect(entries).toHaveLength(what === 'moved ahead' ? 4 : 1);
    expect(changed).toMatchObject([{ log: LOG, firstLeaf: 0 }]);
  });

  test('rows that somebody put in the places of entries to come are put right', async () => {
    const store = await create();
    await authorGroups(store, GROUPS.slice(0, 1));
    const { reader, changed } = openWatched(store);
    await reader.follow();
    await changeIndex(
      store,
      `INSERT INTO ?answers (log, first_leaf, leaves, time, client, officer, outcome, registers)
       VALUES ('${LOG}', 1, 1, 0, 'x', 'x', 'refused', ',,')`,
    );
    await authorGroups(store, GROUPS);
    const found = await reader.search({ ...EVERYTHING, officer: 'officer.1' }, PAGE);
    expect(found.entries).toHaveLength(1);
    expect(changed.length).toBeGreaterThan(0);
  });

  test('a breach report counts the log itself', async () => {
    const store = await create();
    await authorGroups(store, GROUPS);
    const { reader, index } = openWatched(store);
    await reader.follow();
    await changeIndex(store, "UPDATE ?answers SET outcome = 'refused'");
    const { all } = index;
    index.holds = async () => true;
    expect(await all(`SELECT 1 FROM ${index.schema}answers WHERE outcome = 'refused'`, [])).toHaveLength(3);
    const report = await reader.breach({ ...EVERYTHING, officer: 'officer.1' }, WHOLE);
    expect(report).toMatchObject({ answers: 1, entries: 1, subjects: [PERSON], unreadable: [] });
    expect(report.logs).toEqual([{ log: LOG, from: 0, to: 3 }]);
  });

  test.each([
    ['the first answers', 'DELETE FROM log.answers WHERE first_leaf < 2', 0, 2],
    ['the last answer', 'DELETE FROM log.answers WHERE first_leaf = 2', 2, 1],
  ])('%s, taken away, are told as unreadable', async (_what, sql, firstLeaf, leaves) => {
    const store = await create();
    await authorGroups(store, GROUPS);
    const before = openWatched(store);
    await before.reader.follow();
    await store.sql(sql);
    for (const isIndexedAnew of [false, true]) {
      const { reader, gaps, index } = isIndexedAnew ? openWatched(store) : before;
      if (isIndexedAnew) await index.forget(LOG);
      const { entries, unreadable } = await reader.search({ ...EVERYTHING, subject: PERSON }, PAGE);
      expect(entries).toHaveLength(3 - leaves);
      const covered = unreadable.flatMap((gap) =>
        Array.from({ length: gap.leaves }, (_, n) => gap.firstLeaf + n),
      );
      expect(covered).toEqual(Array.from({ length: leaves }, (_, n) => firstLeaf + n));
      expect(await reader.breach(EVERYTHING, WHOLE)).toMatchObject({
        answers: 3 - leaves,
        unreadable: [{ firstLeaf, leaves }],
      });
      await expect(reader.counts(EVERYTHING, 'OFFICER')).rejects.toThrow('do not open');
      expect(gaps.length).toBeGreaterThan(0);
    }
  });

  test('what an entry about retention covers is not missing; a forged one covers nothing', async () => {
    const store = await create();
    const act = gatewayAct('gateway-1', {
      purpose: 'retention',
      at: START + 3 * 86_400_000,
      detail: { from: 0, to: 2, before: '2025-04' },
    });
    await authorGroups(store, [...GROUPS, { at: START + 3 * 86_400_000, answers: [act] }]);
    await store.sql('DELETE FROM log.answers WHERE first_leaf < 2');
    const filter = { ...EVERYTHING, subject: PERSON };
    const { reader, gaps } = openWatched(store);
    expect(await reader.search(filter, PAGE)).toMatchObject({ entries: [{}], unreadable: [] });
    expect(await reader.breach(EVERYTHING, WHOLE)).toMatchObject({ unreadable: [] });
    expect(gaps).toEqual([]);
    await store.sql(`UPDATE log.answers SET tails = replace(tails, '"to":2', '"to":3') WHERE first_leaf = 3`);
    const { reader: other, index } = openWatched(store);
    await index.forget(LOG);
    expect((await other.search(filter, PAGE)).unreadable).not.toEqual([]);
  });
});
