import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished } from 'vitest';
import type { AnswerRecord } from '../../src/access-log/entry.ts';
import { openAccessLogReader, type AccessLogReader } from '../../src/access-log/read-sqlite.ts';
import {
  buildSqliteAccessLog,
  type SqliteAccessLog,
  type SqliteAccessLogSettings,
} from '../../src/access-log/sqlite-access-log.ts';
import { exampleRecord, KEYS, SUBJECTS } from './example-record.ts';

/** A directory of the test's own, removed when it ends. */
export async function ownDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-access-log-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Closed when the test ends, if it did not do so. */
export async function openLog(
  directory: string,
  settings: Partial<SqliteAccessLogSettings> = {},
): Promise<SqliteAccessLog> {
  const log = await buildSqliteAccessLog({ directory, ...KEYS, ...settings });
  onTestFinished(() => log.close());
  return log;
}

export function openReader(
  directory: string,
  keys: Pick<SqliteAccessLogSettings, 'sealKeys'> = KEYS,
): AccessLogReader {
  const reader = openAccessLogReader({ directory, ...keys });
  onTestFinished(() => reader.close());
  return reader;
}

export async function appendOne(log: SqliteAccessLog, changes: Partial<AnswerRecord> = {}): Promise<string> {
  const record = exampleRecord({ id: randomBytes(16).toString('hex'), ...changes });
  await log.append(record);
  return record.id;
}

export async function until(condition: () => boolean, what: string, milliseconds = 10_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!condition()) {
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

/** What operators would see. */
export function codes() {
  const seen: string[] = [];
  return {
    seen,
    observer: { onTrouble: (code: string) => seen.push(code), onRecovery: () => seen.push('recovered') },
  };
}

/** As another process would that holds the file. */
export function lockFile(directory: string): () => void {
  const database = new DatabaseSync(join(directory, 'access-log.sqlite'));
  database.exec('BEGIN EXCLUSIVE');
  let isHeld = true;
  const release = () => {
    if (isHeld) database.close();
    isHeld = false;
  };
  onTestFinished(release);
  return release;
}

/** Healthy again, and what it then takes is there. */
export async function expectWorking(log: SqliteAccessLog, directory: string): Promise<void> {
  await until(() => log.isHealthy(), 'the log is healthy again');
  const id = await appendOne(log);
  expect(openReader(directory).answer(id)?.entries).toHaveLength(SUBJECTS.length);
}
