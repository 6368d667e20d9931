import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../../../config/limits.ts';
import { StoreFault, type Predecessor } from '../log-store.ts';
import { ENTRIES_VIEW, FORMAT_VERSION, LOG_FILE, SCHEMA } from './log-schema.ts';
import { putAside } from './predecessor.ts';
import { mustHaveNoTrigger } from './stored-check.ts';

export const SQLITE_LOG_LIMITS = {
  lockWait: {
    value: 200,
    unit: 'ms',
    why: 'Waiting for the lock of another process must be shorter than the patience of a request.',
  },
} as const satisfies Limits;

/** A connection, and the means to see that it still writes to the file of that name. */
export interface SqliteLogFile {
  readonly database: DatabaseSync;
  /** A log of an earlier format that stood here, and was put aside now. */
  readonly predecessor: Predecessor | null;
  /** Throws StoreFault `file-gone` where the file or its write-ahead log was removed, moved or replaced. */
  assertInPlace(): void;
  close(): void;
}

export interface LogFileSettings {
  readonly directory: string;
  /** The log's name: a file of another instance is not written to. */
  readonly log: string;
  readonly mayCreate: boolean;
  readonly maxPages: number | null;
}

/** Opens for writing. Throws StoreFault or SQLite's own errors. */
export function openLogFile({ directory, log, mayCreate, maxPages }: LogFileSettings): SqliteLogFile {
  const path = join(resolve(directory), LOG_FILE);
  const predecessor = mayCreate ? putAside(path) : null;
  const topDirectory = mayCreate ? createFile(path) : null;
  if (identityOf(path) === null) throw new StoreFault('file-gone', false);
  const database = new DatabaseSync(path, { timeout: SQLITE_LOG_LIMITS.lockWait.value });
  try {
    prepareFile(database, { log, mayCreate, maxPages });
    if (topDirectory !== null) syncDirectories(path, topDirectory);
    // Its first write makes the write-ahead log, whose identity is then known.
    const files = [path, `${path}-wal`].map((name) => ({ name, identity: identityOf(name) }));
    return {
      database,
      predecessor,
      assertInPlace() {
        for (const { name, identity } of files) {
          if (identity === null || identityOf(name) !== identity) throw new StoreFault('file-gone', false);
        }
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite gives the files beside it the same mode. Returns the topmost directory that may have got a new name. */
function createFile(path: string): string {
  const topMade = mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  return dirname(topMade ?? path);
}

function prepareFile(
  database: DatabaseSync,
  { log, mayCreate, maxPages }: Omit<LogFileSettings, 'directory'>,
): void {
  const version = pragma(database, 'user_version');
  if (version > FORMAT_VERSION) throw new StoreFault('newer-format', false);
  database.exec('PRAGMA journal_mode = WAL');
  // NORMAL syncs at checkpoints alone: a power cut would take back commits that answers have left on.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA cache_size = -32768');
  database.exec('PRAGMA wal_autocheckpoint = 4000');
  if (maxPages !== null) database.exec(`PRAGMA max_page_count = ${maxPages}`);
  if (version === 0) {
    if (!mayCreate || pragma(database, 'schema_version') !== 0) throw new StoreFault('not-a-log', false);
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA}`);
    database.prepare("INSERT INTO meta VALUES ('log', ?)").run(log);
    database.exec(`PRAGMA user_version = ${FORMAT_VERSION}; COMMIT`);
  }
  const own = database.prepare("SELECT value FROM meta WHERE name = 'log'").get()?.['value'];
  if (own !== log) throw new StoreFault('another-log', false);
  mustHaveNoTrigger(database);
  const view = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'entries'").get()?.['sql'];
  if (view !== ENTRIES_VIEW) database.exec(`BEGIN; DROP VIEW IF EXISTS entries; ${ENTRIES_VIEW}; COMMIT`);
  // After a failed sync the kernel may take pages for clean that never reached the disk: start a fresh log.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
}

/** A new name is durable when the directory that holds it is synced. */
function syncDirectories(path: string, topDirectory: string): void {
  for (
    let directory = dirname(path);
    directory.length >= topDirectory.length;
    directory = dirname(directory)
  ) {
    const descriptor = openSync(directory, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (directory === dirname(directory)) break;
  }
}

function identityOf(path: string): string | null {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status ? `${status.dev} ${status.ino}` : null;
}
