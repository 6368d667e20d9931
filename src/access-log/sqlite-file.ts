import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FORMAT_VERSION, LOG_FILE, MIGRATIONS, SCHEMA } from './sqlite-schema.ts';

/** How long a lock of somebody else is waited for, in ms: shorter than a request's patience. */
const BUSY_TIMEOUT_MS = 200;

/** Why the file is not used, as a code that may stand in a log line. */
export class LogFileError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`the access log cannot be used: ${code}`);
    this.name = 'LogFileError';
    this.code = code;
  }
}

/** A connection, and the means to see that it still writes to the file of that name. */
export interface LogFile {
  readonly database: DatabaseSync;
  /** Throws LogFileError `file-gone` where the file or its write-ahead log was removed, moved or replaced. */
  assertInPlace(): void;
  close(): void;
}

/** Opens for writing. Throws LogFileError or SQLite's own errors. */
export function openLogFile(directory: string, mayCreate: boolean, maxPages: number | null): LogFile {
  const path = join(resolve(directory), LOG_FILE);
  const topDirectory = mayCreate ? createFile(path) : null;
  if (identityOf(path) === null) throw new LogFileError('file-gone');
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    prepareFile(database, mayCreate, maxPages);
    if (topDirectory !== null) syncDirectories(path, topDirectory);
    // Its first write makes the write-ahead log, whose identity is then known.
    const files = [path, `${path}-wal`].map((name) => ({ name, identity: identityOf(name) }));
    return {
      database,
      assertInPlace() {
        for (const { name, identity } of files) {
          if (identity === null || identityOf(name) !== identity) throw new LogFileError('file-gone');
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

function prepareFile(database: DatabaseSync, mayCreate: boolean, maxPages: number | null): void {
  const version = pragma(database, 'user_version');
  if (version > FORMAT_VERSION) throw new LogFileError('newer-format');
  database.exec('PRAGMA journal_mode = WAL');
  // NORMAL syncs at checkpoints alone: a power cut would take back commits that answers have left on.
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA cache_size = -32768');
  // 16 MB: the search index is written all over, and a page that changed often is copied back once.
  database.exec('PRAGMA wal_autocheckpoint = 4000');
  if (maxPages !== null) database.exec(`PRAGMA max_page_count = ${maxPages}`);
  if (version === 0) {
    if (!mayCreate || pragma(database, 'schema_version') !== 0) throw new LogFileError('not-a-log');
    database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${FORMAT_VERSION}; COMMIT`);
  }
  for (let from = version; from > 0 && from < FORMAT_VERSION; from++) {
    database.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[from] ?? ''} PRAGMA user_version = ${from + 1}; COMMIT`);
  }
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
