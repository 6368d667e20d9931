import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Limits } from '../../config/limits.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import { repeat, type Repeating } from './repeat.ts';

/**
 * File in DATA_DIR, apart from the store, with the checkpoint that this instance signed last. A store that is restored
 * does not take it back.
 */
export const LAST_CHECKPOINT_FILE = 'last-checkpoint';

export const LAST_CHECKPOINT_LIMITS = {
  pause: {
    value: 1_000,
    unit: 'ms',
    why: 'The file last-checkpoint follows the log at most this often.',
  },
} as const satisfies Limits;

/** The note; null where there is none yet. Throws the system's errors. */
export function readLastCheckpoint(directory: string): string | null {
  try {
    return readFileSync(join(directory, LAST_CHECKPOINT_FILE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces it by renaming, so that it is whole at any moment, also when the power is cut. Rejects with the system's errors. */
export async function writeLastCheckpoint(directory: string, note: string): Promise<void> {
  const path = join(directory, LAST_CHECKPOINT_FILE);
  // Two processes of one instance write at once while one takes the other's place: each to a file of its own.
  const fresh = `${path}.${randomBytes(8).toString('hex')}.new`;
  const file = await open(fresh, 'wx', 0o600);
  try {
    try {
      await file.writeFile(note);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/** Follows the log with the file, at most once a second and always behind what is committed. */
export function followWithFile(parts: {
  readonly directory: string;
  readonly log: string;
  readonly reader: Pick<AccessLogReader, 'end'>;
  /** Entries on disk, as far as the writer knows. */
  readonly size: () => number;
  readonly onTrouble: (code: string) => void;
}): Repeating {
  const { directory, log, reader, size, onTrouble } = parts;
  let written = -1;
  const follow = async (): Promise<void> => {
    if (size() === written) return;
    try {
      const end = await reader.end(log);
      if (!end || end.size === written) return;
      await writeLastCheckpoint(directory, end.note);
      written = end.size;
    } catch (error) {
      onTrouble(error instanceof Error && 'code' in error ? String(error.code) : 'failed');
    }
  };
  const repeating = repeat(LAST_CHECKPOINT_LIMITS.pause.value, follow);
  return {
    async stop() {
      await repeating.stop();
      await follow();
    },
  };
}
