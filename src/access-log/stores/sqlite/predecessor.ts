import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Predecessor } from '../log-store.ts';

const CHUNK_BYTES = 1_048_576;
const OLD_FORMATS: ReadonlySet<number> = new Set([1, 2]);

/**
 * A log of a format without a tree is kept, whole and unchanged, under another name; the new log's first entry says its digest, which
 * ties it to the tree.
 */
export function putAside(path: string): Predecessor | null {
  if (!existsSync(path)) return null;
  const version = formatOf(path);
  if (!OLD_FORMATS.has(version)) return null;
  const file = `access-log-format-${version}.sqlite`;
  const sha256 = digestOf(path);
  renameSync(path, join(dirname(path), file));
  return { file: basename(file), sha256 };
}

/** Its write-ahead log is copied into it, so that one file is all of it. */
function formatOf(path: string): number {
  const database = new DatabaseSync(path, { timeout: 200 });
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (OLD_FORMATS.has(version)) {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      database.exec('PRAGMA journal_mode = DELETE');
    }
    return version;
  } finally {
    database.close();
  }
}

function digestOf(path: string): string {
  const digest = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const descriptor = openSync(path, 'r');
  try {
    for (let read = readSync(descriptor, chunk); read > 0; read = readSync(descriptor, chunk)) {
      digest.update(chunk.subarray(0, read));
    }
  } finally {
    closeSync(descriptor);
  }
  return digest.digest('hex');
}
