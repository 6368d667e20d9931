import { describe, expect, test } from 'vitest';
import { appendMany, appendOne, expectThere, openLog, openLogRows } from '../support/fixtures.ts';
import type { AccessLog } from '../../../src/access-log/write/group-commit.ts';
import { createPostgresTestStore, isPostgresMissing, postgresUrl, STORES } from '../support/test-stores.ts';
import { expectWholeTree } from '../support/whole-tree.ts';

const EACH = 150;

describe.each(STORES)('$name', ({ create }) => {
  test('two processes that write one log take turns: all is there, in one tree', async () => {
    const store = await create();
    const settings = { appendTimeoutMs: 20_000 };
    const writers = [await openLog(store, settings), await openLog(store, settings)];
    const settled: string[] = [];
    const writeOn = async (log: AccessLog): Promise<void> => {
      for (let count = 0; count < EACH; count++) settled.push(await appendOne(log));
    };
    await Promise.all(writers.flatMap((log) => [writeOn(log), writeOn(log)]));
    expect(settled).toHaveLength(4 * EACH);
    expect([...(await expectWholeTree(store))].sort()).toEqual([...settled].sort());
    await expectThere(store, settled.slice(0, 50));
  }, 60_000);
});

describe.skipIf(isPostgresMissing)('PostgreSQL', () => {
  test('logs of several instances lie beside each other, each with a tree of its own', async () => {
    const store = await createPostgresTestStore(await postgresUrl());
    const names = ['one', 'two', 'three'].map((instance) => `national-data-gateway/${instance}`);
    const logs = await Promise.all(names.map((log) => openLog(store, { log })));
    await Promise.all(logs.map((log) => appendMany(log, 40)));
    for (const name of names) expect(await expectWholeTree(store, name)).toHaveLength(40);
    expect(await openLogRows(store).logs()).toEqual([...names].sort());
  });
});
