import { describe, expect, test } from 'vitest';
import { appendAct } from '../../../src/access-log/write/append-act.ts';
import { CLOCK_WENT_BACK, RunningClock } from '../../../src/access-log/write/clock-steps.ts';
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

describe('a clock that jumps ahead while the gateway runs', () => {
  const MINUTE = 60_000;
  test.each<
    readonly [what: string, steps: readonly (readonly [time: number, steady: number])[], isRefused: boolean]
  >([
    ['nothing between', [[0, 0]], false],
    ['as time passes', [[60 * MINUTE, 60 * MINUTE]], false],
    ['a little', [[4 * MINUTE, 0]], false],
    [
      'slowly, over a day',
      [
        [4 * MINUTE, MINUTE],
        [8 * MINUTE, 2 * MINUTE],
      ],
      false,
    ],
    ['far', [[6 * MINUTE, 0]], true],
    ['far, in an idle hour', [[66 * MINUTE, 60 * MINUTE]], true],
    ['back', [[-60 * MINUTE, 0]], false],
  ])('%s', (_what, steps, isRefused) => {
    const clock = new RunningClock(0, 0);
    const refusals = steps.filter(([time, steady]) => {
      try {
        clock.mustRunSteadily(time, steady);
        return false;
      } catch {
        return true;
      }
    });
    expect(refusals.length > 0).toBe(isRefused);
  });

  test('is refused until it is right again', () => {
    const clock = new RunningClock(0, 0);
    for (const steady of [1, MINUTE, 10 * MINUTE]) {
      expect(() => clock.mustRunSteadily(400 * 86_400_000, steady)).toThrow('clock-jumped-ahead');
    }
    expect(() => clock.mustRunSteadily(11 * MINUTE, 11 * MINUTE)).not.toThrow();
  });
});
