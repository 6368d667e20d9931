import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../../src/access-log/queries/audit-scope.ts';
import { GroupPace } from '../../../src/access-log/read/index/group-pace.ts';
import { buildLogReader, ReaderBusy } from '../../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import { authorGroups, type AuthoredGroup } from '../export/log-author.ts';
import { SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { STORES } from '../support/test-stores.ts';

const START = Date.UTC(2025, 2, 1);
const SEARCH_KEYS = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
const ofPerson = (person: number) =>
  SUBJECTS.slice(0, 1).map((one) => ({
    ...one,
    subject: { kind: 'person' as const, key: String(person).padStart(12, '0') },
  }));

/** 90 groups of four answers; in every 30th group one is of a rare officer, each about somebody else. */
const GROUPS = Array.from({ length: 90 }, (_none, at): AuthoredGroup => ({
  at: START + at * 60_000,
  answers: Array.from({ length: 4 }, (_same, of) => ({
    officer: at % 30 === 7 && of === 2 ? 'rare' : 'common',
    subjects: ofPerson(4 * at + of),
  })),
}));

describe.each(STORES)('on $name, what somebody was told', ({ create }) => {
  test('is found whole, whether it lies close or scattered', async () => {
    const store = await create();
    await authorGroups(store, GROUPS);
    const parts = openRowsAndIndex(store.settings);
    const reader = buildLogReader({ ...parts, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
    const page = { from: 0, count: 5 };
    const rare = await reader.breach({ ...EVERYTHING, officer: 'rare' }, page);
    expect(rare).toMatchObject({
      answers: 3,
      entries: 3,
      first: START + 7 * 60_000,
      last: START + 67 * 60_000,
      subjectCount: 3,
      subjects: [30, 150, 270].map((person) => ({ kind: 'person', key: String(person).padStart(12, '0') })),
    });
    const common = await reader.breach({ ...EVERYTHING, officer: 'common' }, page);
    expect(common).toMatchObject({ answers: 357, subjectCount: 357 });
    expect(await reader.breach({ ...EVERYTHING, officer: 'nobody' }, page)).toMatchObject({
      answers: 0,
      first: null,
    });
    const asked = ['rare', 'common', 'nobody', 'rare', 'common'].map((officer) =>
      reader.breach({ ...EVERYTHING, officer }, page),
    );
    // One after the other, and no more than a few: the rest of the readers' questions has its turn.
    const settled = await Promise.allSettled(asked);
    expect(settled.map((one) => (one.status === 'fulfilled' ? one.value.answers : one.reason))).toEqual([
      3,
      357,
      0,
      expect.any(ReaderBusy),
      expect.any(ReaderBusy),
    ]);
    expect(await reader.breach({ ...EVERYTHING, officer: 'rare' }, page)).toMatchObject({ answers: 3 });
    await reader.close();
  });
});

test('a few large groups are read at once, or many small ones; scarce ones one by one', () => {
  const pace = new GroupPace(1_000);
  const groups = (count: number, leaves: number) => Array.from({ length: count }, () => ({ leaves }));
  pace.note(groups(16, 2));
  expect(pace.groups).toBe(64);
  for (let round = 0; round < 5; round++) pace.note(groups(64, 2));
  expect(pace.groups).toBe(500);
  expect([pace.groupsFor(3), pace.groupsFor(5)]).toEqual([500, 1]);
  pace.note(groups(1, 25_000));
  expect(pace.groups).toBe(1);
});
