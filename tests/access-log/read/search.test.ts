import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { AnswerOpener } from '../../../src/access-log/read/answer-opener.ts';
import { buildLogReader } from '../../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import { Indexer } from '../../../src/access-log/read/index/indexer.ts';
import { GroupOpener } from '../../../src/access-log/read/opened-answer.ts';
import { searchEntries } from '../../../src/access-log/read/search/search-entries.ts';
import { buildTagRing } from '../../../src/access-log/read/index/subject-tags.ts';
import type { Subject } from '../../../src/disclosure/subject.ts';
import { authorGroups, plainGroups } from '../export/log-author.ts';
import { LOG, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { createSqliteTestStore, STORES } from '../support/test-stores.ts';

const START = Date.UTC(2024, 10, 3);
const SEARCH_KEYS = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
const PERSON: Subject = { kind: 'person', key: '001190900011' };

test('answers open that stand in the cache when others of the same page push them out of it', async () => {
  const store = await createSqliteTestStore();
  await authorGroups(
    store,
    plainGroups(600, START).map((group) => ({ ...group, answers: [{ subjects: [] }] })),
  );
  const rows = store.openLogRows();
  const opener = new AnswerOpener(rows, new GroupOpener(SEAL_KEYS));
  const leaves = (from: number, to: number) => Array.from({ length: to - from }, (_none, at) => from + at);
  await opener.openAll(await rows.answersAt(LOG, leaves(0, 500)));
  const page = await opener.openAll(await rows.answersAt(LOG, [0, ...leaves(500, 600)]));
  expect(page.map((answer) => answer?.firstLeaf)).toEqual([0, ...leaves(500, 600)]);
  await rows.close();
});

describe.each(STORES)('on $name, a search by subject', ({ create }) => {
  test.each([
    ['without an end or a beginning', EVERYTHING.from, EVERYTHING.until, 4],
    ['over the turn of the year', Date.UTC(2024, 11, 31), Date.UTC(2025, 0, 31), 2],
    ['within a month', Date.UTC(2025, 1, 1), Date.UTC(2025, 1, 27), 1],
    ['before everything', 0, START - 1, 0],
    ['after everything', Date.UTC(2026, 0, 1), EVERYTHING.until, 0],
  ])('%s', async (_name, from, until, found) => {
    const store = await create();
    const times = [START, Date.UTC(2024, 11, 31, 23), Date.UTC(2025, 0, 1), Date.UTC(2025, 1, 5)];
    await authorGroups(
      store,
      times.map((at) => ({ at, answers: [{ subjects: SUBJECTS.slice(0, 1) }] })),
    );
    const parts = openRowsAndIndex(store.settings);
    const reader = buildLogReader({ ...parts, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
    const filter = { ...EVERYTHING, from, until, subject: PERSON };
    const { entries } = await reader.search(filter, { first: 10, after: null });
    expect(entries).toHaveLength(found);
    await reader.close();
  });

  test('finds nothing in an empty log', async () => {
    const store = await create();
    await authorGroups(store, []);
    const parts = openRowsAndIndex(store.settings);
    const reader = buildLogReader({ ...parts, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
    const found = await reader.search({ ...EVERYTHING, subject: PERSON }, { first: 10, after: null });
    expect(found).toEqual({ entries: [], next: null, unreadable: [], unreadableCount: 0 });
    await reader.close();
  });
});

describe('a search whose page ends before its time', () => {
  const PLAIN = { subjects: SUBJECTS.slice(0, 1) };
  const OWN = { ...PLAIN, citizen: PERSON.key, callerKind: 'citizen' };
  const WITHHELD = { ...PLAIN, release: Date.UTC(2030, 0, 1) };

  async function pageOf(answers: readonly (readonly [minute: number, of: typeof PLAIN])[]) {
    const store = await createSqliteTestStore();
    await authorGroups(
      store,
      answers.map(([minute, of]) => ({ at: START + minute * 60_000, answers: [of] })),
    );
    const { rows, index } = openRowsAndIndex(store.settings);
    const groups = new GroupOpener(SEAL_KEYS);
    const tags = buildTagRing(SEARCH_KEYS);
    await new Indexer({ rows, index, opener: groups, tags }).catchUp();
    const filter = { ...EVERYTHING, subject: PERSON, releasedBy: START + 3_600_000, notAskedBy: PERSON.key };
    const removedEnd = async (): Promise<number> => 0;
    const parts = { rows, index, opener: new AnswerOpener(rows, groups), tags, removedEnd };
    const page = await searchEntries(parts, filter, { first: 10, after: null }, 3);
    const rest = await searchEntries(parts, filter, { first: 10, after: page.next }, 100);
    await index.close();
    await rows.close();
    return { end: page.next?.time, found: [page, rest].map(({ entries }) => entries.length) };
  }

  test('tells nothing of what is withheld, wherever that stands', async () => {
    const told = [0, 1, 10, 11, 12].map((minute) => [minute, minute === 0 ? PLAIN : OWN] as const);
    const seen = { end: START + 10 * 60_000, found: [0, 1] };
    expect(await pageOf(told)).toEqual(seen);
    for (const hidden of [[2], [9], [13, 14], [3, 4, 5, 13, 14, 15]]) {
      const all = [...told, ...hidden.map((minute) => [minute, WITHHELD] as const)];
      expect(await pageOf(all.toSorted(([one], [other]) => one - other))).toEqual(seen);
    }
  });
});

test('a coordinate and a register are those of one part of an entry', async () => {
  const store = await createSqliteTestStore();
  await authorGroups(store, [{ at: START, answers: [{ subjects: SUBJECTS.slice(0, 1) }] }]);
  const parts = openRowsAndIndex(store.settings);
  const reader = buildLogReader({ ...parts, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
  const found = async (register: string, coordinate: string) =>
    (await reader.search({ ...EVERYTHING, register, coordinate }, { first: 10, after: null })).entries.length;
  expect(await found('population', 'Citizen.name')).toBe(1);
  expect(await found('population', 'Citizen.landParcels')).toBe(0);
  expect(await found('land', 'Citizen.landParcels')).toBe(1);
  await reader.close();
});
