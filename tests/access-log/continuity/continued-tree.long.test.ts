import { describe, expect, test } from 'vitest';
import { buildAccessLog } from '../../../src/access-log/write/group-commit.ts';
import { openDirectWriter, recordOf } from '../support/direct-writer.ts';
import { KEYS } from '../support/example-record.ts';
import { appendMany, appendOne, openLog, openReader } from '../support/fixtures.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';
import { expectWholeTree } from '../support/whole-tree.ts';

/** Up to a size, in answers of at most 4,096 entries. */
async function growTo(store: TestStore, size: number): Promise<void> {
  const writer = await openDirectWriter(store);
  while (writer.groups.size < size)
    await writer.write([recordOf(Math.min(4_096, size - writer.groups.size))]);
  await writer.close();
}

const groupsOf = (store: TestStore) =>
  store.sql<{ first_leaf: number }>('SELECT first_leaf FROM log.groups ORDER BY first_leaf');

/** `{last}` stands for the last group's first leaf; SQLite and PostgreSQL differ in how bytes are changed. */
const CHANGES: readonly (readonly [name: string, sqlite: string, postgres: string])[] = [
  [
    'a leaf hash of the last group',
    `UPDATE log.groups SET leaf_hashes = unhex(CASE substr(hex(leaf_hashes), 1, 2) WHEN '00' THEN 'FF' ELSE '00' END || substr(hex(leaf_hashes), 3)) WHERE first_leaf = {last}`,
    `UPDATE log.groups SET leaf_hashes = set_byte(leaf_hashes, 0, 255 - get_byte(leaf_hashes, 0)) WHERE first_leaf = {last}`,
  ],
  [
    'a leaf hash cut off',
    `UPDATE log.groups SET leaf_hashes = substr(leaf_hashes, 1, length(leaf_hashes) - 32) WHERE first_leaf = {last}`,
    `UPDATE log.groups SET leaf_hashes = substr(leaf_hashes, 1, length(leaf_hashes) - 32) WHERE first_leaf = {last}`,
  ],
  [
    'one leaf fewer',
    `UPDATE log.groups SET leaves = leaves - 1 WHERE first_leaf = {last}`,
    `UPDATE log.groups SET leaves = leaves - 1 WHERE first_leaf = {last}`,
  ],
  [
    'the checkpoint of the group before',
    `UPDATE log.groups SET note = (SELECT note FROM log.groups WHERE first_leaf = 0) WHERE first_leaf = {last}`,
    `UPDATE log.groups SET note = (SELECT note FROM log.groups WHERE first_leaf = 0) WHERE first_leaf = {last}`,
  ],
  [
    'a checkpoint that is not signed',
    `UPDATE log.groups SET note = replace(note, '— ', '— x') WHERE first_leaf = {last}`,
    `UPDATE log.groups SET note = replace(note, '— ', '— x') WHERE first_leaf = {last}`,
  ],
  [
    'the last group removed',
    `DELETE FROM log.groups WHERE first_leaf = {last}`,
    `DELETE FROM log.groups WHERE first_leaf = {last}`,
  ],
  ['all groups removed', `DELETE FROM log.groups`, `DELETE FROM log.groups`],
  [
    'the root of a tile',
    `UPDATE log.tiles SET root = zeroblob(32) WHERE level = 0 AND number = 1`,
    `UPDATE log.tiles SET root = decode(repeat('00', 32), 'hex') WHERE level = 0 AND number = 1`,
  ],
  ['a tile removed', `DELETE FROM log.tiles WHERE number = 1`, `DELETE FROM log.tiles WHERE number = 1`],
];

describe.each(STORES)('$name', ({ name, create }) => {
  test('the tree goes on over restarts', async () => {
    const store = await create();
    const ids: string[] = [];
    for (const count of [1, 0, 60, 3, 130, 1, 1]) {
      const log = await openLog(store);
      expect(log.opened.size).toBe(ids.length * 5);
      ids.push(...(await appendMany(log, count)));
      expect(log.size()).toBe(ids.length * 5);
      await log.close();
    }
    expect(await expectWholeTree(store)).toEqual(ids);
  });

  test.each([255, 256, 257, 65_535, 65_536, 65_537])(
    'the tree goes on from %d entries',
    async (size) => {
      const store = await create();
      await growTo(store, size);
      const log = await openLog(store);
      expect(log.opened.size).toBe(size);
      await appendOne(log);
      await log.close();
      await growTo(store, size + 300);
      await expectWholeTree(store);
      expect(await openReader(store).size()).toBe(size + 300);
    },
    60_000,
  );

  test.each(CHANGES)('does not start on a log that was changed: %s', async (_change, sqlite, postgres) => {
    const store = await create();
    await growTo(store, 600);
    await growTo(store, 605);
    const last = (await groupsOf(store)).at(-1)?.first_leaf ?? 0;
    await store.sql((name === 'SQLite' ? sqlite : postgres).replaceAll('{last}', String(last)));
    await expect(buildAccessLog({ store: store.settings, ...KEYS })).rejects.toThrow(
      'the access log cannot be opened: tree-not-genuine',
    );
  });

  test('does not start under another key than the one that signed', async () => {
    const store = await create();
    await growTo(store, 5);
    const other = { id: 'c2', key: Buffer.alloc(32, 1) };
    const settings = { store: store.settings, ...KEYS };
    await expect(buildAccessLog({ ...settings, checkpointKeys: [other] })).rejects.toThrow(
      /tree-not-genuine/,
    );
    const rotated = await openLog(store, { checkpointKeys: [other, ...KEYS.checkpointKeys] });
    await appendOne(rotated);
    expect(rotated.size()).toBe(10);
  });
});
