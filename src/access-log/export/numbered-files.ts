import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../../config/limits.ts';

export const EXPORT_FILE_LIMITS = {
  lines: {
    value: 1_000_000,
    unit: 'lines',
    why: 'FORMAT.md, Export, gives each file at most a million lines.',
  },
  buffer: { value: 1 << 20, unit: 'bytes', why: 'Lines are written to disk in blocks of this size.' },
} as const satisfies Limits;

/** `<stem>-000001.<extension>` onwards. Throws the system's errors. */
export class NumberedFiles {
  readonly #folder: string;
  readonly #stem: string;
  readonly #extension: string;
  readonly #made: DurableFile[] = [];
  #file: DurableFile | null = null;
  #number = 0;
  #lines = 0;

  constructor(folder: string, stem: string, extension: string) {
    this.#folder = folder;
    this.#stem = stem;
    this.#extension = extension;
  }

  /** Every file but the last has exactly a million: files of two stems with a line an entry end together. */
  writeLine(line: string | Uint8Array): void {
    if (this.#lines === EXPORT_FILE_LIMITS.lines.value) this.close();
    this.#file ??= this.#next();
    this.#file.write(line);
    this.#lines += 1;
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
    this.#lines = 0;
  }

  /** Takes all of them away. */
  discard(): void {
    for (const file of this.#made) file.discard();
    this.#file = null;
  }

  #next(): DurableFile {
    this.#number += 1;
    const number = String(this.#number).padStart(6, '0');
    const file = new DurableFile(join(this.#folder, `${this.#stem}-${number}.${this.#extension}`));
    this.#made.push(file);
    return file;
  }
}

/** A new file for its owner alone, synced to disk when it is closed. */
export class DurableFile {
  readonly #path: string;
  #descriptor: number | null;
  #waiting: Buffer[] = [];
  #bytes = 0;

  /** Throws where there is one already: nothing is overwritten. */
  constructor(path: string) {
    this.#path = path;
    this.#descriptor = openSync(path, 'wx', 0o600);
  }

  write(content: string | Uint8Array): void {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
    this.#waiting.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes >= EXPORT_FILE_LIMITS.buffer.value) this.#flush();
  }

  close(): void {
    if (this.#descriptor === null) return;
    this.#flush();
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  /** Takes it away, closed or not. */
  discard(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
    rmSync(this.#path, { force: true });
  }

  #flush(): void {
    if (this.#descriptor === null) throw new Error('the file is closed');
    const bytes = Buffer.concat(this.#waiting);
    for (let written = 0; written < bytes.length;) {
      written += writeSync(this.#descriptor, bytes, written);
    }
    this.#waiting = [];
    this.#bytes = 0;
  }
}

/** New names are durable when the folder that holds them is synced. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
