import { isUtf8 } from 'node:buffer';
import { closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { LINE_LIMITS, LineSplitter, MalformedLine } from '../../../log-format/line-splitter.ts';
import { Tampering } from '../faults/tampering.ts';
import { openOwnFile, read, type OpenFile } from './readable-file.ts';

/**
 * Lines of files that are read as one, in bounded memory. Throws Tampering (`malformed-file`) for a line without its end,
 * and for a line that is empty or too long.
 */
export class LineReader {
  readonly #files: readonly string[];
  readonly #open: OpenFile;
  readonly #splitter: LineSplitter;
  #file: number | null = null;

  /** `longest` is in bytes. */
  constructor(
    files: readonly string[],
    longest: number = LINE_LIMITS.longestLine.value,
    open: OpenFile = openOwnFile,
  ) {
    this.#files = files;
    this.#open = open;
    this.#splitter = new LineSplitter(
      { allocate: (length) => Buffer.allocUnsafe(length), read: (into) => this.#read(into) },
      longest,
    );
  }

  /** Number of lines given so far. */
  get lines(): number {
    return this.#splitter.lines;
  }

  /** Number of bytes given so far. */
  get bytes(): number {
    return this.#splitter.bytes;
  }

  /** The number of lines up to the end of each file that was read to its end. */
  get ends(): readonly number[] {
    return this.#splitter.ends;
  }

  /**
   * Returns the next line's bytes after one zero byte, as a leaf is hashed (RFC 9162 2.1.1), or null at the end. The next
   * call overwrites them.
   */
  next(): Buffer | null {
    try {
      const line = this.#splitter.next();
      return line && Buffer.from(line.buffer, line.byteOffset, line.length);
    } catch (error) {
      if (!(error instanceof MalformedLine)) throw error;
      throw new Tampering('malformed-file', null, `${basename(this.#path)} has ${error.message}.`);
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  get #path(): string {
    return this.#files[this.#splitter.ends.length] ?? '';
  }

  #read(into: Uint8Array): number | null {
    const path = this.#files[this.#splitter.ends.length];
    if (path === undefined) return null;
    const file = (this.#file ??= this.#open(path));
    const got = read(path, () => readSync(file, into));
    if (got === 0) this.close();
    return got;
  }
}

/** Text of a line from LineReader. Null where the bytes are not UTF-8: two byte strings must not read as one text. */
export function lineText(prefixed: Buffer): string | null {
  const text = prefixed.toString('utf8', 1);
  return text.includes('\ufffd') && !isUtf8(prefixed) ? null : text;
}
