import { hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The content of a folder at one moment. */
export interface FolderFiles {
  readonly contents: ReadonlyMap<string, Buffer>;
  /** Names that are listed but cannot be read. */
  readonly unreadable: ReadonlySet<string>;
}

/** Names that are read. A leading dot marks an editor's file, or a link by which Kubernetes swaps a config map. */
const READ = /^[^.].*\.(ya?ml|graphql)$/i;

/** Reads a folder. Rejects where it cannot be listed. */
export async function readFolder(directory: string): Promise<FolderFiles> {
  const names = (await readdir(directory)).filter((name) => READ.test(name)).toSorted();
  const contents = new Map<string, Buffer>();
  const unreadable = new Set<string>();
  const read = await Promise.all(names.map((name) => readRegular(join(directory, name)).catch(() => null)));
  for (const [index, name] of names.entries()) {
    const bytes = read[index];
    if (bytes) contents.set(name, bytes);
    else unreadable.add(name);
  }
  return { contents, unreadable };
}

/** Reads a regular file, else gives null: reading a pipe would make every later poll wait for its writer. */
async function readRegular(path: string): Promise<Buffer | null> {
  return (await stat(path)).isFile() ? readFile(path) : null;
}

/** Reads a folder for a command, which may block meanwhile. Throws where the folder cannot be listed. */
export function readFolderSync(directory: string): FolderFiles {
  const contents = new Map<string, Buffer>();
  const unreadable = new Set<string>();
  for (const name of readdirSync(directory).toSorted()) {
    if (!READ.test(name)) continue;
    try {
      if (!statSync(join(directory, name)).isFile()) throw new Error('no file');
      contents.set(name, readFileSync(join(directory, name)));
    } catch {
      unreadable.add(name);
    }
  }
  return { contents, unreadable };
}

/** Digests every name and byte of the folder without the named file. */
export function digestOfFiles({ contents, unreadable }: FolderFiles, except: string): string {
  const lines = [...contents]
    .filter(([name]) => name !== except)
    .map(([name, bytes]) => `${hash('sha256', bytes)} ${name}`);
  return hash('sha256', [...lines, ...unreadable].join('\n'));
}
