import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { removeMadeFolders } from '../../export/remove-made-folders.ts';
import { StoreFault } from '../log-store.ts';
import { FORMAT_VERSION, LOG_FILE } from './log-schema.ts';

const SUFFIXES = ['', '-wal', '-shm'] as const;

/**
 * Copies the log of a DATA_DIR as it stands at one moment into one file, also while it is written. The file has its name once it is
 * whole and synced. Rejects with StoreFault, and the system's errors: EEXIST where the file is there.
 */
export async function backupLogFile(directory: string, out: string): Promise<void> {
  const source = openLog(join(resolve(directory), LOG_FILE));
  const path = resolve(out);
  const partial = `${path}.partial`;
  try {
    rmSync(partial, { force: true });
    closeSync(openSync(path, 'wx', 0o600));
    try {
      closeSync(openSync(partial, 'wx', 0o600));
      // The moment: without it every commit would make the copying begin again.
      source.exec('BEGIN');
      source.prepare('SELECT count(*) FROM meta').get();
      await backup(source, partial, { rate: 1_000 });
      mustBeWhole(partial);
      syncFile(partial);
      renameSync(partial, path);
      syncFile(dirname(path));
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  } finally {
    source.close();
    for (const suffix of SUFFIXES) rmSync(partial + suffix, { force: true });
  }
}

/**
 * Puts a backup in the place of a log; what stands there is kept under another name, which is returned. The gateway must not run:
 * it would find its file gone. Throws StoreFault `another-log` for the log of another instance, and the system's errors.
 */
export function putLogFile(directory: string, backupFile: string, log: string, now: Date): string | null {
  const topMade = mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(resolve(directory), LOG_FILE);
  // A name that nobody has: what is taken away where it fails is this alone.
  const fresh = `${path}.${randomBytes(8).toString('hex')}.restored`;
  try {
    copyFileSync(resolve(backupFile), fresh);
    mustBeOf(fresh, log);
  } catch (error) {
    for (const suffix of SUFFIXES) rmSync(fresh + suffix, { force: true });
    removeMadeFolders(directory, topMade);
    throw error;
  }
  syncFile(fresh);
  const aside = existsSync(path) ? `${path}.replaced-${now.toISOString().replaceAll(':', '-')}` : null;
  // A write-ahead log that stayed behind would be copied into the backup.
  for (const suffix of SUFFIXES) {
    if (aside !== null && existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  for (const suffix of ['-wal', '-shm']) {
    for (const name of [path, fresh]) rmSync(name + suffix, { force: true });
  }
  renameSync(fresh, path);
  syncFile(dirname(path));
  return aside;
}

/** Opens the log for reading. Throws StoreFault. */
function openLog(path: string): DatabaseSync {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  } catch {
    throw new StoreFault('file-gone', false);
  }
  try {
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (version === FORMAT_VERSION) return database;
  } catch {
    // No database at all.
  }
  database.close();
  throw new StoreFault('not-a-log', false);
}

function mustBeWhole(path: string): void {
  const database = openLog(path);
  const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  database.close();
  if (found !== 'ok') throw new StoreFault('backup-not-whole', false);
}

function mustBeOf(file: string, log: string): void {
  chmodSync(file, 0o600);
  const database = openLog(file);
  const own = database.prepare("SELECT value FROM meta WHERE name = 'log'").get()?.['value'];
  database.close();
  if (own !== log) throw new StoreFault('another-log', false);
}

/** A file, or the names in a folder. */
function syncFile(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
