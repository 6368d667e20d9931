import { describe, expect, test } from 'vitest';
import { appendAct } from '../../../src/access-log/write/append-act.ts';
import { CLOCK_WENT_BACK } from '../../../src/access-log/write/clock-steps.ts';
import { authorGroups } from '../export/log-author.ts';
import { appendOne, openLog, openLogRows } from '../support/fixtures.ts';
import { KEYS, LOG } from '../support/example-record.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';

/** Months, retention and the order of accesses rest on the entries' times: a clock that goes back is on record, or stops the log. */

async function lastHeads(store: TestStore, count: number): Promise<readonly string[]> {
  const rows = openLogRows(store);
  const size = (await rows.end(LOG))?.size ?? 0;
  const groups = await rows.groupsFrom(LOG, Math.max(0, size - 40), 100);
  return groups.flatMap(({ answers }) => answers.map(({ head }) => head)).slice(-count);
}

describe.each(STORES)('a clock that goes back, in $name', ({ create }) => {
  test('a little: there is an entry about it before the next answer', async () => {
    const store = await create();
    await authorGroups(store, [{ at: Date.now() + 120_000, answers: [{}] }]);
    const log = await openLog(store);
    await appendOne(log);
    await appendOne(log);
    const purposes = (await lastHeads(store, 3)).map((head) => /"purpose":"([^"]*)"/.exec(head)?.[1]);
    expect(purposes).toEqual([CLOCK_WENT_BACK, 'civil-status-registration', 'civil-status-registration']);
  });

  test('far: the log is not opened, and takes no act, until somebody states which time was wrong', async () => {
    const store = await create();
    await authorGroups(store, [{ at: Date.now() + 20 * 86_400_000, answers: [{}] }]);
    await expect(openLog(store)).rejects.toThrow('clock-far-from-log');
    const writer = { store: store.settings, instanceId: 'gateway-1', ...KEYS };
    await expect(appendAct(writer, { purpose: 'exported', detail: {} })).rejects.toThrow(
      'clock-far-from-log',
    );
    await appendAct(writer, { purpose: CLOCK_WENT_BACK, detail: { from: 1, to: 0 } });
    await appendOne(await openLog(store));
  });

  test('ahead of a log that slept: a start after years is no fault', async () => {
    const store = await create();
    await authorGroups(store, [{ at: Date.now() - 400 * 86_400_000, answers: [{}] }]);
    await appendOne(await openLog(store));
    expect((await lastHeads(store, 2)).join()).not.toContain(CLOCK_WENT_BACK);
  });
});
