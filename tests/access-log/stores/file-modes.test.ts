import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendOne, openLog, ownDirectory } from '../support/fixtures.ts';
import { sqliteStoreIn } from '../support/test-stores.ts';

test('a log is made with its folders, and its files are closed to others', async () => {
  const directory = join(await ownDirectory(), 'not', 'there', 'yet');
  const log = await openLog(sqliteStoreIn(directory));
  await appendOne(log);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(directory)).toBe(0o700);
  const file = join(directory, 'access-log.sqlite');
  expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
});
