import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { buildSqliteAccessLog } from '../../src/access-log/sqlite-access-log.ts';
import { startSqliteWorker } from '../../src/access-log/writer-thread.ts';
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
} from './fixtures.ts';

test('the thread dies: what it held is refused, the next answers are written by another', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const workers: Worker[] = [];
  const log = await openLog(directory, {
    observer,
    startWorker(settings) {
      const worker = startSqliteWorker(settings);
      workers.push(worker);
      return worker;
    },
  });
  const before = await appendOne(log);
  // The lock holds the group within the thread's reach while it dies.
  const release = lockFile(directory);
  const held = outcomeOf(log.append(exampleRecord()));
  await new Promise((resolve) => setTimeout(resolve, 50));
  void workers[0]?.terminate();
  const { error, milliseconds } = await held;
  release();
  expect(error).toMatchObject(UNAVAILABLE);
  expect(milliseconds).toBeLessThan(4_000);
  expect(seen).toContain('worker-died');
  await expectWorking(log, directory);
  expect(workers).toHaveLength(2);
  expect(openReader(directory).answer(before)?.entries).toHaveLength(SUBJECTS.length);
});

/** Opens, and then answers nothing any more. */
const STUCK = `const { parentPort } = require('node:worker_threads');
  parentPort.once('message', () => parentPort.postMessage({ outcome: 'done', entries: 0, failed: [] }));
  setInterval(() => {}, 1_000);`;

test('a thread that hangs: refused in time, given up in the end, another takes its place', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  let started = 0;
  await (await openLog(directory)).close();
  const log = await openLog(directory, {
    appendTimeoutMs: 200,
    observer,
    startWorker: (settings) =>
      started++ === 0 ? new Worker(STUCK, { eval: true }) : startSqliteWorker(settings),
  });
  const outcomes = await Promise.all(
    [log.append(exampleRecord()), log.append(exampleRecord())].map(outcomeOf),
  );
  expect(outcomes.map(({ error }) => error)).toMatchObject([UNAVAILABLE, UNAVAILABLE]);
  expect(Math.max(...outcomes.map(({ milliseconds }) => milliseconds))).toBeLessThan(2_000);
  expect(log.isHealthy()).toBe(false);
  await expectWorking(log, directory);
  expect([...new Set(seen)]).toEqual(['timeout', 'worker-died', 'recovered']);
});

test('a thread that hangs does not hold up close for long', async () => {
  const log = await buildSqliteAccessLog({
    directory: await ownDirectory(),
    ...KEYS,
    appendTimeoutMs: 100,
    startWorker: () => new Worker(STUCK, { eval: true }),
  });
  const { error } = await outcomeOf(log.append(exampleRecord()));
  expect(error).toMatchObject(UNAVAILABLE);
  expect((await outcomeOf(log.close())).milliseconds).toBeLessThan(5_000);
});

test('beyond its bound the queue refuses at once, and what it holds is written', async () => {
  const directory = await ownDirectory();
  const log = await openLog(directory, { maxQueued: 3 });
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(log.append(exampleRecord()))));
  expect(outcomes.map(({ error }) => error !== null)).toEqual([false, false, false, true, true]);
  expect(outcomes[4]?.error).toMatchObject(UNAVAILABLE);
  expect(log.isHealthy()).toBe(true);
  expect(openReader(directory).answerIds().length).toBe(3);
});

test('a record that the file does not take is refused alone, and its neighbours are written', async () => {
  const directory = await ownDirectory();
  const { seen, observer } = codes();
  const log = await openLog(directory, { observer });
  const [first, second, third] = [exampleRecord(), exampleRecord(), exampleRecord()];
  const outcomes = await Promise.all(
    [first, { ...second, id: first.id }, { ...second, time: Number.NaN }, third].map((record) =>
      outcomeOf(log.append(record)),
    ),
  );
  expect(outcomes.map(({ error }) => error !== null)).toEqual([false, true, true, false]);
  expect(seen).toEqual(['record-not-taken']);
  expect(log.isHealthy()).toBe(true);
  const reader = openReader(directory);
  expect(reader.answerIds().length).toBe(2);
  expect(reader.answer(third.id)?.entries).toHaveLength(SUBJECTS.length);
});
