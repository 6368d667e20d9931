import { isUtf8 } from 'node:buffer';
import { closeSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { openOwnFile, read, type OpenFile } from './readable-file.ts';
import { Tampering } from '../faults/tampering.ts';

const CHUNK = 1 << 20;
/** An archive has a group's openings in one line; what is longer is no line of a log and must not fill the memory. */
const LONGEST = 1 << 24;
/**
 * Of an export. An answer's first entry lists its calls, of which 500,000 values at 100 a call and 20 hops cannot make more
 * than some thousand, and what was denied; an act of the gateway, a line an agreement. Reading one costs twenty times its length.
 */
export const LONGEST_EXPORTED = 1 << 22;
const NEWLINE = 10;

/**
 * Lines of files read as one, each ended by a newline, in bounded memory. Throws Tampering (`malformed-file`) for a
 * line without its end, an empty or endless one, and for what is not UTF-8.
 */
export class LineReader {
  readonly #files: readonly string[];
  readonly #longest: number;
  readonly #open: OpenFile;
  /** Lines up to the end of each file that was read to its end. */
  readonly #ends: number[] = [];
  #buffer = Buffer.allocUnsafe(1 + CHUNK);
  #file: number | null = null;
  /** Where the next line starts; the byte before it is always ours. */
  #start = 1;
  #end = 1;
  #lines = 0;
  #bytes = 0;

  /** `longest` in bytes. */
  constructor(files: readonly string[], longest = LONGEST, open: OpenFile = openOwnFile) {
    this.#files = files;
    this.#longest = longest;
    this.#open = open;
  }

  /** Lines given so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Bytes given so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** For each file that was read to its end, the number of lines up to there. */
  get ends(): readonly number[] {
    return this.#ends;
  }

  /**
   * The next line's bytes after one zero byte, as a leaf is hashed (RFC 9162 2.1.1), or null at the end. They are
   * overwritten by the next call.
   */
  next(): Buffer | null {
    let searched = this.#start;
    for (;;) {
      const newline = this.#buffer.subarray(0, this.#end).indexOf(NEWLINE, searched);
      if (newline >= 0) return this.#take(newline);
      searched = this.#end - this.#start + 1;
      if (!this.#fill()) return null;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #take(newline: number): Buffer {
    const prefixed = this.#buffer.subarray(this.#start - 1, newline);
    // The newline before the line, or the spare byte at the front: either is done with.
    prefixed[0] = 0;
    if (prefixed.length === 1) this.#fail('an empty line');
    this.#bytes += prefixed.length;
    this.#start = newline + 1;
    this.#lines += 1;
    return prefixed;
  }

  /** More bytes behind those that are left, which move to the front; false at the end of the last file. */
  #fill(): boolean {
    const rest = this.#buffer.subarray(this.#start, this.#end);
    if (rest.length + 1 === this.#buffer.length) this.#grow();
    this.#buffer.set(rest, 1);
    this.#start = 1;
    this.#end = 1 + rest.length;
    if (this.#file === null && !this.#openNext()) return false;
    const got = read(this.#files[this.#ends.length] ?? '', () =>
      readSync(this.#file ?? -1, this.#buffer, this.#end, this.#buffer.length - this.#end, null),
    );
    if (got === 0) {
      if (rest.length > 0) this.#fail('a line without its end');
      this.close();
      this.#ends.push(this.#lines);
    }
    this.#end += got;
    return true;
  }

  #openNext(): boolean {
    const path = this.#files[this.#ends.length];
    if (path === undefined) return false;
    this.#file = this.#open(path);
    return true;
  }

  #grow(): void {
    if (this.#buffer.length > this.#longest) this.#fail('a line that is too long');
    const larger = Buffer.allocUnsafe(this.#buffer.length * 2);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  #fail(what: string): never {
    const name = basename(this.#files[this.#ends.length] ?? '');
    throw new Tampering('malformed-file', null, `${name} has ${what} (line ${this.#lines + 1} of its kind).`);
  }
}

/** Null where the bytes are not UTF-8: two byte strings must not read as one text. */
export function textOf(prefixed: Buffer): string | null {
  const text = prefixed.toString('utf8', 1);
  return text.includes('\ufffd') && !isUtf8(prefixed) ? null : text;
}
