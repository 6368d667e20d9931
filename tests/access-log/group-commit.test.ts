import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exampleRecord, SUBJECTS } from './example-record.ts';
import { openLog, openReader, ownDirectory } from './fixtures.ts';

test('records that come while others are being synced share a transaction, in the order of their coming', async () => {
  const directory = await ownDirectory();
  const groups: (readonly [records: number, entries: number])[] = [];
  const log = await openLog(directory, {
    observer: { onGroup: (records, entries) => groups.push([records, entries]) },
  });
  const records = Array.from({ length: 600 }, () => exampleRecord());
  const settled: string[] = [];
  await Promise.all(records.map((record) => log.append(record).then(() => settled.push(record.id))));

  const ids = records.map(({ id }) => id);
  expect(settled).toEqual(ids);
  expect(groups.map(([count]) => count)).toEqual([256, 256, 88]);
  expect(groups.map(([, entries]) => entries)).toEqual(
    [256, 256, 88].map((count) => count * SUBJECTS.length),
  );
  const database = new DatabaseSync(join(directory, 'access-log.sqlite'), { readOnly: true });
  const written = database.prepare('SELECT id FROM answers ORDER BY seq').all();
  database.close();
  expect(written.map(({ id }) => id)).toEqual(ids);
});

test('records of one turn of the event loop travel together, later ones with the next group', async () => {
  const directory = await ownDirectory();
  const groups: number[] = [];
  const log = await openLog(directory, { observer: { onGroup: (records) => groups.push(records) } });
  const first = [log.append(exampleRecord()), log.append(exampleRecord())];
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  const second = [log.append(exampleRecord()), log.append(exampleRecord()), log.append(exampleRecord())];
  await Promise.all([...first, ...second]);
  expect(groups).toEqual([2, 3]);
});

test('close writes what is queued, and takes no more', async () => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
  const records = Array.from({ length: 300 }, () => exampleRecord());
  const appended = Promise.all(records.map((record) => log.append(record)));
  const closed = log.close();
  await expect(log.append(exampleRecord())).rejects.toMatchObject({ code: 'ACCESS_LOG_UNAVAILABLE' });
  await Promise.all([appended, closed]);
  expect(log.isHealthy()).toBe(false);
  expect(openReader(directory).answerIds().length).toBe(300);
});
