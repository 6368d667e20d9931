import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { AnswerRecord } from '../../../src/access-log/entry/answer-record.ts';
import { openRowsReader, type TestRowsReader } from '../../support/log-reader.ts';
import {
  buildAccessLog,
  type AccessLog,
  type AccessLogSettings,
} from '../../../src/access-log/write/group-commit.ts';
import type { LogRows } from '../../../src/access-log/stores/log-rows.ts';
import { exampleRecord, KEYS, LOG, SUBJECTS } from './example-record.ts';
import type { TestStore } from './test-stores.ts';

/** A directory of the test's own, removed when it ends. */
export async function ownDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-access-log-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Closed when the test ends, if it did not do so. */
export async function openLog(
  { settings: store }: Pick<TestStore, 'settings'>,
  changes: Partial<AccessLogSettings> = {},
): Promise<AccessLog> {
  const log = await buildAccessLog({ store, ...KEYS, ...changes });
  onTestFinished(() => log.close());
  return log;
}

export function openLogRows(store: TestStore): LogRows {
  const rows = store.openLogRows();
  onTestFinished(() => rows.close());
  return rows;
}

export function openReader(
  store: TestStore,
  keys: Pick<AccessLogSettings, 'sealKeys'> = KEYS,
  log = LOG,
): TestRowsReader {
  return openRowsReader(openLogRows(store), keys.sealKeys, log);
}

export async function appendOne(log: AccessLog, changes: Partial<AnswerRecord> = {}): Promise<string> {
  const record = exampleRecord({ id: randomBytes(16).toString('hex'), ...changes });
  await log.append(record);
  return record.id;
}

/** Appends a record each, all at once. */
export function appendMany(log: AccessLog, count: number): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: count }, () => appendOne(log)));
}

export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  milliseconds = 10_000,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`in vain waited until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const UNAVAILABLE = { code: 'ACCESS_LOG_UNAVAILABLE', httpStatus: 503 };

/** How an append ends, and after how many ms. */
export async function outcomeOf(append: Promise<unknown>): Promise<{ error: unknown; milliseconds: number }> {
  const startedAt = performance.now();
  const error = await append.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, milliseconds: performance.now() - startedAt };
}

/** Codes that operators would see. */
export function codes() {
  const seen: string[] = [];
  return {
    seen,
    observer: { onTrouble: (code: string) => seen.push(code), onRecovery: () => seen.push('recovered') },
  };
}

/** Number of entries of each answer; null for an answer that is not there. */
export async function entriesOf(
  store: TestStore,
  ids: readonly string[],
): Promise<readonly (number | null)[]> {
  const reader = openReader(store);
  const counts: (number | null)[] = [];
  for (const id of ids) counts.push((await reader.answer(id))?.entries.length ?? null);
  return counts;
}

export async function expectThere(store: TestStore, ids: readonly string[]): Promise<void> {
  expect(await entriesOf(store, ids)).toEqual(ids.map(() => SUBJECTS.length));
}

/** Healthy again, and what it then takes is there. */
export async function expectWorking(log: AccessLog, store: TestStore, milliseconds = 10_000): Promise<void> {
  await until(() => log.isHealthy(), 'the log is healthy again', milliseconds);
  await expectThere(store, [await appendOne(log)]);
}
