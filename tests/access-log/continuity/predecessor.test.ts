import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { appendOne, expectThere, openLog, ownDirectory } from '../support/fixtures.ts';
import { sqliteStoreIn } from '../support/test-stores.ts';

test.each([1, 2])('a log of format %d is put aside whole, and its digest is known', async (format) => {
  const directory = await ownDirectory();
  const old = new DatabaseSync(join(directory, 'access-log.sqlite'));
  old.exec(`PRAGMA journal_mode = WAL; CREATE TABLE answers (id TEXT); PRAGMA user_version = ${format}`);
  old.exec("INSERT INTO answers VALUES ('kept')");
  old.close();

  const store = sqliteStoreIn(directory);
  const log = await openLog(store);
  const file = `access-log-format-${format}.sqlite`;
  const kept = new DatabaseSync(join(directory, file), { readOnly: true });
  expect(kept.prepare('SELECT id FROM answers').all()).toEqual([{ id: 'kept' }]);
  kept.close();
  const sha256 = createHash('sha256')
    .update(readFileSync(join(directory, file)))
    .digest('hex');
  expect(log.opened).toEqual({ size: 0, note: null, predecessor: { file, sha256 } });
  await expectThere(store, [await appendOne(log)]);
});
