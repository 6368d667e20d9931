import { hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { readYamlAhead } from '../../config/yaml/read-yaml.ts';
import { YAML_LIMITS } from '../../config/yaml/yaml-limits.ts';

/** The content of a folder at one moment. */
export interface FolderFiles {
  readonly contents: ReadonlyMap<string, Buffer>;
  /** Names that are listed but cannot be read, or are too large to be. */
  readonly unreadable: ReadonlySet<string>;
  /** Lists the files that are past the limit. */
  readonly tooLarge?: ReadonlySet<string>;
}

/** Names that are read. A leading dot marks an editor's file, or a link by which Kubernetes swaps a config map. */
const READ = /^[^.].*\.(ya?ml|graphql)$/i;

/** Reads a folder, with what its large files hold, so that no later step blocks. Rejects where it cannot be listed. */
export async function readFolder(directory: string): Promise<FolderFiles> {
  const names = (await readdir(directory)).filter((name) => READ.test(name)).toSorted();
  const contents = new Map<string, Buffer>();
  const unreadable = new Set<string>();
  const tooLarge = new Set<string>();
  const read = await Promise.all(
    names.map(async (name) => {
      const bytes = await readRegular(join(directory, name)).catch(() => null);
      if (bytes === 'too-large') {
        tooLarge.add(name);
        return null;
      }
      return bytes && (name.endsWith('.graphql') || (await readYamlAhead(bytes))) ? bytes : null;
    }),
  );
  for (const [index, name] of names.entries()) {
    const bytes = read[index];
    if (bytes) contents.set(name, bytes);
    else unreadable.add(name);
  }
  return { contents, unreadable, tooLarge };
}

/** Reads a regular file, else gives null: reading a pipe would make every later poll wait for its writer. */
async function readRegular(path: string): Promise<Buffer | null | 'too-large'> {
  const file = await stat(path);
  if (!file.isFile()) return null;
  return isTooLarge(file) ? 'too-large' : readFile(path);
}

function isTooLarge({ size }: Stats): boolean {
  return size > YAML_LIMITS.bytes.value;
}

/** Reads a folder for a command, which may block meanwhile. Throws where the folder cannot be listed. */
export function readFolderSync(directory: string): FolderFiles {
  const contents = new Map<string, Buffer>();
  const unreadable = new Set<string>();
  const tooLarge = new Set<string>();
  for (const name of readdirSync(directory).toSorted()) {
    if (!READ.test(name)) continue;
    try {
      const file = statSync(join(directory, name));
      if (isTooLarge(file)) tooLarge.add(name);
      if (!file.isFile() || isTooLarge(file)) throw new Error('no file');
      contents.set(name, readFileSync(join(directory, name)));
    } catch {
      unreadable.add(name);
    }
  }
  return { contents, unreadable, tooLarge };
}

/** Digests every name and byte of the folder without the named file. */
export function digestOfFiles({ contents, unreadable }: FolderFiles, except: string): string {
  const lines = [...contents]
    .filter(([name]) => name !== except)
    .map(([name, bytes]) => `${hash('sha256', bytes)} ${name}`);
  return hash('sha256', [...lines, ...unreadable].join('\n'));
}
