import { describe, expect, test } from 'vitest';
import { exampleRecord, SUBJECTS } from '../support/example-record.ts';
import { openLog, openReader } from '../support/fixtures.ts';
import { STORES } from '../support/test-stores.ts';

describe.each(STORES)('$name', ({ create }) => {
  test('records that come while others are being synced share a transaction, in the order of their coming', async () => {
    const store = await create();
    const groups: (readonly [records: number, entries: number])[] = [];
    const log = await openLog(store, {
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
    expect(await openReader(store).answerIds()).toEqual(ids);
  });

  test('records of one turn of the event loop travel together, later ones with the next group', async () => {
    const groups: number[] = [];
    const log = await openLog(await create(), { observer: { onGroup: (records) => groups.push(records) } });
    const first = [log.append(exampleRecord()), log.append(exampleRecord())];
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    const second = [log.append(exampleRecord()), log.append(exampleRecord()), log.append(exampleRecord())];
    await Promise.all([...first, ...second]);
    expect(groups).toEqual([2, 3]);
  });

  test('close writes what is queued, and takes no more', async () => {
    const store = await create();
    const log = await openLog(store);
    const records = Array.from({ length: 300 }, () => exampleRecord());
    const appended = Promise.all(records.map((record) => log.append(record)));
    const closed = log.close();
    await expect(log.append(exampleRecord())).rejects.toMatchObject({ code: 'ACCESS_LOG_UNAVAILABLE' });
    await Promise.all([appended, closed]);
    expect(log.isHealthy()).toBe(false);
    expect(await openReader(store).answerIds()).toHaveLength(300);
  });
});
