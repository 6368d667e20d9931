import { closeSync, readSync } from 'node:fs';
import { HASH_BYTES } from '../../../log-format/tree/merkle-hash.ts';
import { openOwnFile, read } from './readable-file.ts';

const CHUNK = HASH_BYTES << 13;

/**
 * Reads one stored hash by its place among all files. `ends` is that of ExportFolder. Returns null behind the last
 * hash.
 */
export function hashAt(files: readonly string[], ends: readonly number[], place: number): Buffer | null {
  const at = ends.findIndex((end) => place < end);
  const path = files[at];
  if (path === undefined || place < 0) return null;
  const file = openOwnFile(path);
  try {
    const hash = Buffer.alloc(HASH_BYTES);
    const offset = (place - (ends[at - 1] ?? 0)) * HASH_BYTES;
    return read(path, () => readSync(file, hash, 0, HASH_BYTES, offset)) === HASH_BYTES ? hash : null;
  } finally {
    closeSync(file);
  }
}

/** Stored leaf hashes of files read as one. The files' lengths were checked (export-folder.ts). */
export class HashReader {
  readonly #files: string[];
  #file: number | null = null;
  #path = '';
  #chunk = Buffer.alloc(0);
  #at = 0;

  constructor(files: readonly string[]) {
    this.#files = [...files];
  }

  /** 32 bytes that nobody writes to again, or null at the end. */
  next(): Buffer | null {
    while (this.#at === this.#chunk.length) {
      if (this.#file === null) {
        const path = this.#files.shift();
        if (path === undefined) return null;
        this.#file = openOwnFile(path);
        this.#path = path;
      }
      // A new one each time: a hash that was handed out may be kept.
      const chunk = Buffer.alloc(CHUNK);
      this.#chunk = chunk.subarray(0, this.#readWhole(this.#file, chunk));
      this.#at = 0;
      if (this.#chunk.length === 0) this.close();
    }
    const hash = this.#chunk.subarray(this.#at, this.#at + HASH_BYTES);
    this.#at += HASH_BYTES;
    return hash;
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  /** Reads until the buffer is full or the file ends: one read may give less. */
  #readWhole(file: number, into: Buffer): number {
    let length = 0;
    for (;;) {
      const got = read(this.#path, () => readSync(file, into, length, into.length - length, null));
      if (got === 0) return length;
      length += got;
    }
  }
}
