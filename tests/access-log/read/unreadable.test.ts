import { describe, expect, onTestFinished, test } from 'vitest';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { buildLogReader } from '../../../src/access-log/read/log-reader.ts';
import { AccessLogNotGenuine } from '../../../src/access-log/read/opened-answer.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import type { Subject } from '../../../src/disclosure/subject.ts';
import { authorGroups } from '../export/log-author.ts';
import { KEYS, LOG, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import {
  createPostgresTestStore,
  isPostgresMissing,
  postgresUrl,
  STORES,
  type TestStore,
} from '../support/test-stores.ts';

/** Entries that do not open are said to be missing. Everything else is found. */

const START = Date.UTC(2025, 2, 1);
const SEARCH_KEYS = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
const PERSON: Subject = { kind: 'person', key: '001190900011' };
const BY_SUBJECT = { ...EVERYTHING, subject: PERSON };
const PAGE = { first: 10, after: null };
const WHOLE = { from: 0, count: 0 };

/** Three groups a day apart, an answer each with one entry about PERSON. */
const GROUPS = [0, 1, 2].map((day) => ({
  at: START + day * 86_400_000,
  answers: [{ officer: `officer.${day}`, subjects: SUBJECTS.slice(0, 1) }],
}));

function openReader(store: TestStore, sealKeys: KeyRing = SEAL_KEYS) {
  const reader = buildLogReader({ ...openRowsAndIndex(store.settings), sealKeys, searchKeys: SEARCH_KEYS });
  onTestFinished(() => reader.close());
  return reader;
}

const SECOND = { log: LOG, firstLeaf: 1, leaves: 1, since: GROUPS[1]?.at, until: GROUPS[1]?.at };
const SPOILED: readonly (readonly [what: string, sql: string])[] = [
  [
    'sealed openings',
    `UPDATE log.groups SET sealed = (SELECT sealed FROM log.groups WHERE first_leaf = 0) WHERE first_leaf = 1`,
  ],
  ['a head that is no JSON', `UPDATE log.answers SET head = '{' WHERE first_leaf = 1`],
  ['an answer too many', `UPDATE log.answers SET leaves = 2 WHERE first_leaf = 1`],
];

describe.each(STORES)('in $name', ({ create }) => {
  test.each(SPOILED)('%s, spoiled before it was indexed', async (_what, sql) => {
    const store = await create();
    await authorGroups(store, GROUPS);
    await store.sql(sql);
    const reader = openReader(store);
    const found = await reader.search(BY_SUBJECT, PAGE);
    expect(found.entries.map(({ entry }) => entry.index)).toEqual([2, 0]);
    expect(found.unreadable).toEqual([SECOND]);
    const day = { from: START, until: START + 3_600_000 };
    expect(await reader.search({ ...EVERYTHING, ...day }, PAGE)).toMatchObject({
      unreadable: [],
      next: null,
    });
    expect(await reader.breach(EVERYTHING, WHOLE)).toMatchObject({ answers: 2, unreadable: [SECOND] });
    await expect(reader.counts(EVERYTHING, 'OFFICER')).rejects.toThrow(AccessLogNotGenuine);
    expect(await reader.counts({ ...EVERYTHING, ...day }, 'OFFICER')).toHaveLength(1);
  });

  test.each([
    ['sealed openings', SPOILED[0]?.[1] ?? ''],
    [
      'who asked',
      `UPDATE log.answers SET head = replace(head, 'officer.1', 'officer.7') WHERE first_leaf = 1`,
    ],
    ['an entry', `UPDATE log.answers SET tails = replace(tails, '"n":0', '"n":') WHERE first_leaf = 1`],
    ['an answer that was deleted', 'DELETE FROM log.answers WHERE first_leaf = 1'],
  ])('%s, spoiled after it was indexed', async (_what, sql) => {
    const store = await create();
    await authorGroups(store, GROUPS);
    expect((await openReader(store).search(BY_SUBJECT, PAGE)).entries).toHaveLength(3);
    await store.sql(sql);
    const reader = openReader(store);
    const found = await reader.search(BY_SUBJECT, PAGE);
    expect(found.entries.map(({ entry }) => entry.index)).toEqual([2, 0]);
    expect(found.unreadable).toEqual([SECOND]);
    expect(await reader.breach(EVERYTHING, WHOLE)).toMatchObject({ answers: 2, unreadable: [SECOND] });
  });

  test('is found once its key has come', async () => {
    const store = await create();
    const [older] = SEAL_KEYS;
    const both: KeyRing = [{ id: 'seal-2', key: Buffer.alloc(32, 0x77) }, older];
    await authorGroups(store, GROUPS.slice(0, 1));
    await authorGroups(store, GROUPS.slice(1), { ...KEYS, sealKeys: both });
    const behind = await openReader(store).search(BY_SUBJECT, PAGE);
    expect([behind.entries.length, behind.unreadable.length]).toEqual([1, 2]);
    const reader = openReader(store, both);
    const found = await reader.search(BY_SUBJECT, PAGE);
    expect(found.entries.map(({ entry }) => entry.index)).toEqual([2, 1, 0]);
    expect(found.unreadable).toEqual([]);
  });
});

test.skipIf(isPostgresMissing)('of another log leaves one’s own as it is', async () => {
  const store = await createPostgresTestStore(await postgresUrl());
  const foreign = {
    ...KEYS,
    log: `${LOG}-b`,
    sealKeys: [{ id: 'seal-9', key: Buffer.alloc(32, 9) }] as const,
  };
  await authorGroups(store, GROUPS);
  await authorGroups(store, GROUPS.slice(0, 1), foreign);
  const found = await openReader(store).search(BY_SUBJECT, PAGE);
  expect(found.entries).toHaveLength(3);
  expect(found.unreadable).toMatchObject([{ log: `${LOG}-b`, firstLeaf: 0, leaves: 1 }]);
});
