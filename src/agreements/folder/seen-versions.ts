import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Agreement } from '../../policy/agreement/agreement.ts';

/** The highest version of each agreement that was ever in force, by id. */
export type SeenVersions = ReadonlyMap<string, { readonly version: number; readonly digest: string }>;

const seenFile = z.strictObject({
  agreements: z.record(
    z.string(),
    z.strictObject({ version: z.int().positive(), digest: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

/** Finds agreements whose version fell, or whose content changed under the same version. */
export function faultsOfVersions(agreements: readonly Agreement[], seen: SeenVersions): readonly string[] {
  return agreements.flatMap(({ id, version, digest }) => {
    const before = seen.get(id);
    if (!before || version > before.version) return [];
    if (version < before.version) return [`${id}: version ${version} is below ${before.version}`];
    return digest === before.digest ? [] : [`${id}: changed without a higher version than ${version}`];
  });
}

/** Adds the versions of agreements that come into force. */
export function withSeen(seen: SeenVersions, agreements: readonly Agreement[]): SeenVersions {
  return new Map([
    ...seen,
    ...agreements.map(({ id, version, digest }) => [id, { version, digest }] as const),
  ]);
}

/**
 * Reads the remembered versions; none where there is no file yet. Throws where the file cannot be read, because
 * versions must not be forgotten by accident.
 */
export function readSeenVersions(file: string): SeenVersions {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
  return new Map(Object.entries(seenFile.parse(JSON.parse(text)).agreements));
}

/** The versions cannot be written to DATA_DIR. */
export class SeenVersionsUnwritable extends Error {}

/**
 * Writes the versions beside the file, synced to disk, and returns what puts them in its place. Each throws
 * SeenVersionsUnwritable. Staging fails wherever the second step would: it makes and removes a file of the folder.
 */
export function stageSeenVersions(file: string, seen: SeenVersions): () => void {
  const temporary = `${file}.new`;
  asUnwritable(() => {
    if (existsSync(file) && !lstatSync(file).isFile()) throw new Error('no file');
    rmSync(temporary, { force: true });
    synced(temporary, 'wx', (descriptor) =>
      writeSync(descriptor, `${JSON.stringify({ agreements: Object.fromEntries(seen) }, null, 2)}\n`),
    );
  });
  return () =>
    asUnwritable(() => {
      renameSync(temporary, file);
      synced(dirname(file), 'r', () => undefined);
    });
}

function asUnwritable(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new SeenVersionsUnwritable('the versions seen cannot be written', { cause: error });
  }
}

function synced(path: string, flags: 'r' | 'wx', work: (descriptor: number) => unknown): void {
  const descriptor = openSync(path, flags, 0o600);
  try {
    work(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
