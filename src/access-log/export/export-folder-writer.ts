import { constants, copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeMadeFolders } from './remove-made-folders.ts';
import { DurableFile, NumberedFiles, syncFolder } from './numbered-files.ts';

/** The folder is not empty. */
export class FolderNotEmpty extends Error {
  constructor(folder: string) {
    super(`${folder} is not empty`);
    this.name = 'FolderNotEmpty';
  }
}

/**
 * Writes the folder of an export. In the end the export is whole, or the folder is as it was found, so that the next
 * try is not refused.
 */
export class ExportFolderWriter {
  readonly #path: string;
  readonly #topMade: string | undefined;
  readonly #made: { discard(): void }[] = [];

  /** Its owner's alone where it was not there. Throws FolderNotEmpty and the system's errors. */
  constructor(path: string) {
    this.#path = path;
    this.#topMade = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (readdirSync(path).length > 0) throw new FolderNotEmpty(path);
  }

  /** Throws where there is one already. */
  file(name: string): DurableFile {
    const file = new DurableFile(join(this.#path, name));
    this.#made.push(file);
    return file;
  }

  numbered(stem: string, extension: string): NumberedFiles {
    const files = new NumberedFiles(this.#path, stem, extension);
    this.#made.push(files);
    return files;
  }

  /** Throws where there is one already. */
  copy(from: string, name: string): void {
    const to = join(this.#path, name);
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    this.#made.push({ discard: () => rmSync(to, { force: true }) });
  }

  /** New names are durable when the folder that holds them is synced. */
  sync(): void {
    syncFolder(this.#path);
  }

  /** Takes away what was made here, and nothing else. */
  discard(): void {
    for (const one of this.#made) one.discard();
    removeMadeFolders(this.#path, this.#topMade);
  }
}
