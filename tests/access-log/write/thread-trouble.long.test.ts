import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { startLogWorker } from '../../../src/access-log/write/thread/writer-thread.ts';
import { exampleRecord } from '../support/example-record.ts';
import {
  appendOne,
  codes,
  expectThere,
  expectWorking,
  openLog,
  openReader,
  outcomeOf,
  UNAVAILABLE,
} from '../support/fixtures.ts';
import { STORES } from '../support/test-stores.ts';

/** Opens, and then answers nothing any more. */
const STUCK = `const { parentPort } = require('node:worker_threads');
  parentPort.once('message', () => parentPort.postMessage({ outcome: 'done', entries: 0, failed: [], receipts: new Map(), size: 0 }));
  setInterval(() => {}, 1_000);`;

describe.each(STORES)('$name', ({ create }) => {
  test('the thread dies: what it held is refused, the next answers are written by another', async () => {
    const store = await create();
    const { seen, observer } = codes();
    const workers: Worker[] = [];
    const log = await openLog(store, {
      observer,
      startWorker(settings) {
        const worker = startLogWorker(settings);
        workers.push(worker);
        return worker;
      },
    });
    const before = await appendOne(log);
    // The lock holds the group within the thread's reach while it dies.
    const release = await store.lock();
    const held = outcomeOf(log.append(exampleRecord()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    void workers[0]?.terminate();
    const { error, milliseconds } = await held;
    await release();
    expect(error).toMatchObject(UNAVAILABLE);
    expect(milliseconds).toBeLessThan(4_000);
    expect(seen).toContain('worker-died');
    await expectWorking(log, store);
    expect(workers).toHaveLength(2);
    await expectThere(store, [before]);
  });

  test('a thread that hangs: refused in time, given up in the end, another takes its place', async () => {
    const store = await create();
    const { seen, observer } = codes();
    let started = 0;
    await (await openLog(store)).close();
    const log = await openLog(store, {
      // The thread that takes its place keeps this time too, also where the machine is busy.
      appendTimeoutMs: 1_000,
      observer,
      startWorker: (settings) =>
        started++ === 0 ? new Worker(STUCK, { eval: true }) : startLogWorker(settings),
    });
    const outcomes = await Promise.all(
      [log.append(exampleRecord()), log.append(exampleRecord())].map(outcomeOf),
    );
    expect(outcomes.map(({ error }) => error)).toMatchObject([UNAVAILABLE, UNAVAILABLE]);
    expect(Math.max(...outcomes.map(({ milliseconds }) => milliseconds))).toBeLessThan(3_000);
    expect(log.isHealthy()).toBe(false);
    await expectWorking(log, store);
    expect([...new Set(seen)]).toEqual(['timeout', 'worker-died', 'recovered']);
  });

  test('a thread that hangs does not hold up close for long', async () => {
    const log = await openLog(await create(), {
      appendTimeoutMs: 100,
      startWorker: () => new Worker(STUCK, { eval: true }),
    });
    const { error } = await outcomeOf(log.append(exampleRecord()));
    expect(error).toMatchObject(UNAVAILABLE);
    expect((await outcomeOf(log.close())).milliseconds).toBeLessThan(5_000);
  });

  test('beyond its bound the queue refuses at once, and what it holds is written', async () => {
    const store = await create();
    const log = await openLog(store, { maxQueued: 3 });
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => outcomeOf(log.append(exampleRecord()))),
    );
    expect(outcomes.map(({ error }) => error !== null)).toEqual([false, false, false, true, true]);
    expect(outcomes[4]?.error).toMatchObject(UNAVAILABLE);
    expect(log.isHealthy()).toBe(true);
    expect(await openReader(store).answerIds()).toHaveLength(3);
  });

  test('a record that the store does not take is refused alone, and its neighbours are written', async () => {
    const store = await create();
    const { seen, observer } = codes();
    const log = await openLog(store, { observer });
    const [first, second, third] = [exampleRecord(), exampleRecord(), exampleRecord()];
    const outcomes = await Promise.all(
      [first, { ...second, id: first.id }, { ...second, time: Number.NaN }, third].map((record) =>
        outcomeOf(log.append(record)),
      ),
    );
    expect(outcomes.map(({ error }) => error !== null)).toEqual([false, true, true, false]);
    expect(seen).toEqual(['record-not-taken']);
    expect(log.isHealthy()).toBe(true);
    expect(await openReader(store).answerIds()).toEqual([first.id, third.id]);
    await expectThere(store, [first.id, third.id]);
  });
});
