import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { buildSqliteAccessLog } from '../../src/access-log/sqlite-access-log.ts';
import { exampleRecord, KEYS, SUBJECTS } from './example-record.ts';
import {
  appendOne,
  codes,
  expectWorking,
  lockFile,
  openLog,
  openReader,
  outcomeOf,
  ownDirectory,
  UNAVAILABLE,
  until,
} from './fixtures.ts';

test('a lock by somebody else: refused in time, at once while it lasts, and back by itself when it is gone', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const log = await openLog(directory, { appendTimeoutMs: 500, observer });
  const release = lockFile(directory);

  const first = await outcomeOf(log.append(exampleRecord()));
  expect(first.error).toMatchObject(UNAVAILABLE);
  expect(first.milliseconds).toBeLessThan(3_000);
  expect(log.isHealthy()).toBe(false);
  await until(() => seen.length > 4, 'the trouble lasts');
  const during = await outcomeOf(log.append(exampleRecord()));
  expect(during.error).toMatchObject(UNAVAILABLE);
  // Without waiting out its own patience.
  expect(during.milliseconds).toBeLessThan(450);
  expect(seen).toContain('sqlite-5');
  expect(seen).not.toContain('recovered');

  release();
  await expectWorking(log, directory);
  expect(seen.at(-1)).toBe('recovered');
  expect(openReader(directory).answerIds().length).toBe(1);
});

test('a lock shorter than the patience delays and refuses nobody', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const log = await openLog(directory, { appendTimeoutMs: 5_000, observer });
  const release = lockFile(directory);
  const appended = Promise.all([appendOne(log), appendOne(log)]);
  await until(() => seen.includes('sqlite-5'), 'the lock was met');
  release();
  const ids = await appended;
  const reader = openReader(directory);
  expect(ids.map((id) => reader.answer(id)?.entries.length)).toEqual([SUBJECTS.length, SUBJECTS.length]);
});

test('a full disk: refused, unhealthy until there is room again, what was settled stays', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const log = await openLog(directory, { maxPages: 100, appendTimeoutMs: 1_000, observer });
  const settled: string[] = [];
  const fill = async (): Promise<never> => {
    for (;;) settled.push(await appendOne(log));
  };
  await expect(fill()).rejects.toMatchObject(UNAVAILABLE);
  expect(seen).toContain('sqlite-13');
  await until(() => seen.length > 3, 'it was tried again');
  expect(log.isHealthy()).toBe(false);
  const reader = openReader(directory);
  expect(settled.length).toBeGreaterThan(10);
  expect(settled.map((id) => reader.answer(id)?.entries.length)).toEqual(settled.map(() => SUBJECTS.length));

  const cleaner = new DatabaseSync(join(directory, 'access-log.sqlite'), { timeout: 1_000 });
  cleaner.exec('DELETE FROM answers; DELETE FROM groups');
  cleaner.close();
  await expectWorking(log, directory);
});

test('the file moved away: nothing settles, no new log is begun, and it goes on when it is back', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const log = await openLog(directory, { appendTimeoutMs: 300, observer });
  const before = await appendOne(log);
  const file = join(directory, 'access-log.sqlite');
  await rename(file, join(directory, 'elsewhere'));
  expect((await outcomeOf(log.append(exampleRecord()))).error).toMatchObject(UNAVAILABLE);
  expect(seen[0]).toBe('file-gone');
  expect(log.isHealthy()).toBe(false);
  expect(existsSync(file)).toBe(false);
  await rename(join(directory, 'elsewhere'), file);
  await expectWorking(log, directory);
  expect(openReader(directory).answer(before)?.entries).toHaveLength(SUBJECTS.length);
});

test('the write-ahead log removed: what it held and what comes next is on record all the same', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const log = await openLog(directory, { observer });
  const before = await appendOne(log);
  await rm(join(directory, 'access-log.sqlite-wal'));
  const after = await appendOne(log);
  expect(seen).toEqual(['file-gone', 'recovered']);
  const reader = openReader(directory);
  expect([before, after].map((id) => reader.answer(id)?.entries.length)).toEqual([5, 5]);
});

test('the directory removed under way: refused for good, and not begun anew', async () => {
  const directory = join(await ownDirectory(), 'data');
  const { seen, observer } = codes();
  const log = await openLog(directory, { appendTimeoutMs: 300, observer });
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
      database.exec('CREATE TABLE answers (id); PRAGMA user_version = 3');
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
  await expect(buildSqliteAccessLog({ directory, ...KEYS })).rejects.toThrow(
    `the access log in DATA_DIR cannot be opened: ${code}`,
  );
});
