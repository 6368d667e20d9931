import { readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { encodeBase64 } from '../../log-format/base64.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { DurableFile, NumberedFiles, syncFolder } from '../export/numbered-files.ts';
import { GroupOpener } from '../read/opened-answer.ts';
import type { AnswerOpenings } from '../entry/sealed-openings.ts';
import type { FullGroup, LogRows } from '../stores/log-rows.ts';
import type { SealKeyRow } from '../stores/log-store.ts';
import { ArchiveNotOpened, archiveLines } from './archive-lines.ts';

/** FORMAT.md, Archive. */
const SealedLine = z.strictObject({
  from: z.int().nonnegative(),
  key: z.string(),
  sealed: z.base64(),
});
const KeyLine = z.strictObject({ id: z.string(), wrappedBy: z.string(), wrapped: z.base64() });
export const KEYS_FILE = 'keys.ndjson';

/** Writes the sealed groups of an archive beside its entries, and at the end the wrapped data keys that they need. */
export class SealedPart {
  readonly #folder: string;
  readonly #files: NumberedFiles;
  readonly #keys = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#files = new NumberedFiles(folder, 'sealed', 'ndjson');
  }

  add({ firstLeaf, sealKey, sealed }: FullGroup): void {
    this.#keys.add(sealKey);
    const line = { from: firstLeaf, key: sealKey, sealed: Buffer.from(sealed).toString('base64') };
    this.#files.writeLine(`${JSON.stringify(line satisfies z.infer<typeof SealedLine>)}\n`);
  }

  async close(rows: LogRows): Promise<void> {
    this.#files.close();
    writeKeys(join(this.#folder, KEYS_FILE), await rows.sealKeys([...this.#keys]));
  }
}

/** Wrapped data keys of an archive. Throws ArchiveNotOpened and the system's errors. */
export function archivedKeys(folder: string): readonly SealKeyRow[] {
  return readFileSync(join(folder, KEYS_FILE), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parsed(KeyLine, line))
    .map(({ id, wrappedBy, wrapped }) => ({ id, wrappedBy, wrapped: Buffer.from(wrapped, 'base64') }));
}

/** Adds to them, by renaming: the file is whole at any moment. */
export function addArchivedKeys(folder: string, rows: readonly SealKeyRow[]): void {
  const fresh = join(folder, `${KEYS_FILE}.new`);
  rmSync(fresh, { force: true });
  writeKeys(fresh, [...archivedKeys(folder), ...rows]);
  renameSync(fresh, join(folder, KEYS_FILE));
  syncFolder(folder);
}

function writeKeys(path: string, rows: readonly SealKeyRow[]): void {
  const file = new DurableFile(path);
  for (const { id, wrappedBy, wrapped } of rows) {
    const line = { id, wrappedBy, wrapped: encodeBase64(wrapped) };
    file.write(`${JSON.stringify(line satisfies z.infer<typeof KeyLine>)}\n`);
  }
  file.close();
}

/** A group of an archive, opened: an answer each, in order. */
export interface OpenedGroup {
  readonly firstLeaf: number;
  readonly answers: readonly AnswerOpenings[];
}

/**
 * Opens the sealed part of an archive with the keys of SECRETS_DIR alone: no store is needed. Throws ArchiveNotOpened.
 */
export function* openArchive(folder: string, log: string, ring: KeyRing): Generator<OpenedGroup> {
  const opener = new GroupOpener(ring);
  opener.learn(archivedKeys(folder));
  const files = readdirSync(folder)
    .filter((name) => /^sealed-\d{6}\.ndjson$/.test(name))
    .sort()
    .map((name) => join(folder, name));
  for (const line of archiveLines(files)) {
    const { from: firstLeaf, key, sealed } = parsed(SealedLine, line);
    const answers = opener.open({ log, firstLeaf, sealKey: key, sealed: Buffer.from(sealed, 'base64') });
    if (!answers) throw new ArchiveNotOpened(`the group at ${firstLeaf} in ${folder} does not open`);
    yield { firstLeaf, answers };
  }
}

function parsed<Shape>(shape: z.ZodType<Shape>, line: string): Shape {
  try {
    return shape.parse(JSON.parse(line));
  } catch (cause) {
    throw new ArchiveNotOpened('a line of the sealed part is not as the format says', { cause });
  }
}
