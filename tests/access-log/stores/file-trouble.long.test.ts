import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { buildAccessLog } from '../../../src/access-log/write/group-commit.ts';
import { exampleRecord, KEYS } from '../support/example-record.ts';
import {
  appendOne,
  codes,
  expectThere,
  expectWorking,
  openLog,
  outcomeOf,
  ownDirectory,
  UNAVAILABLE,
  until,
} from '../support/fixtures.ts';
import { createSqliteTestStore, sqliteStoreIn } from '../support/test-stores.ts';

test('a full disk: refused, unhealthy until there is room again, what was settled stays', async () => {
  const store = await createSqliteTestStore(200);
  const { directory } = store;
  const { seen, observer } = codes();
  const log = await openLog(store, { appendTimeoutMs: 1_000, observer });
  const other = new DatabaseSync(join(directory, 'access-log.sqlite'), { timeout: 1_000 });
  onTestFinished(() => other.close());
  other.exec('INSERT INTO probes VALUES (zeroblob(300000))');
  const settled: string[] = [];
  const fill = async (): Promise<never> => {
    for (;;) settled.push(await appendOne(log));
  };
  await expect(fill()).rejects.toMatchObject(UNAVAILABLE);
  expect(seen).toContain('sqlite-13');
  await until(() => seen.length > 3, 'it was tried again');
  expect(log.isHealthy()).toBe(false);
  expect(settled.length).toBeGreaterThan(10);
  await expectThere(store, settled);

  other.exec('DELETE FROM probes');
  await expectWorking(log, store);
});

test('the file moved away: nothing settles, no new log is begun, and it goes on when it is back', async () => {
  const store = await createSqliteTestStore();
  const { directory } = store;
  const { seen, observer } = codes();
  const log = await openLog(store, { appendTimeoutMs: 300, observer });
  const before = await appendOne(log);
  const file = join(directory, 'access-log.sqlite');
  await rename(file, join(directory, 'elsewhere'));
  expect((await outcomeOf(log.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
  expect(seen[0]).toBe('file-gone');
  expect(log.isHealthy()).toBe(false);
  expect(existsSync(file)).toBe(false);
  await rename(join(directory, 'elsewhere'), file);
  await expectWorking(log, store);
  await expectThere(store, [before]);
});

test('the write-ahead log removed: what it held and what comes next is on record all the same', async () => {
  const store = await createSqliteTestStore();
  const { directory } = store;
  const { seen, observer } = codes();
  const log = await openLog(store, { observer });
  const before = await appendOne(log);
  await rm(join(directory, 'access-log.sqlite-wal'));
  const after = await appendOne(log);
  expect(seen).toEqual(['file-gone', 'recovered']);
  await expectThere(store, [before, after]);
});

test('the directory removed under way: refused for good, and not begun anew', async () => {
  const directory = join(await ownDirectory(), 'data');
  const { seen, observer } = codes();
  const log = await openLog(sqliteStoreIn(directory), { appendTimeoutMs: 300, observer });
  await appendOne(log);
  await rm(directory, { recursive: true });
  expect((await outcomeOf(log.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
  await mkdir(directory);
  await until(() => seen.length > 5, 'it was tried again');
  expect(log.isHealthy()).toBe(false);
  expect(seen).not.toContain('recovered');
});

const UNUSABLE: readonly (readonly [string, string, (file: string) => void | Promise<void>])[] = [
  [
    'of a later format',
    'newer-format',
    (file) => {
      const database = new DatabaseSync(file);
      database.exec('CREATE TABLE answers (id); PRAGMA user_version = 4');
      database.close();
    },
  ],
  [
    'of another program',
    'not-a-log',
    (file) => {
      const database = new DatabaseSync(file);
      database.exec('CREATE TABLE something (id)');
      database.close();
    },
  ],
  ['that is no database', 'sqlite-26', (file) => writeFile(file, 'x'.repeat(8_192))],
];

test.each(UNUSABLE)('does not start on a file %s', async (_name, code, prepare) => {
  const directory = await ownDirectory();
  await prepare(join(directory, 'access-log.sqlite'));
  await expect(
    buildAccessLog({ store: { kind: 'sqlite', directory, maxPages: null }, ...KEYS }),
  ).rejects.toThrow(`the access log cannot be opened: ${code}`);
});
