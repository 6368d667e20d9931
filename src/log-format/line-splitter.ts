const NEWLINE = 10;

export const LINE_LIMITS = {
  chunk: { value: 1 << 20, unit: 'bytes', why: 'A line splitter reads a file in pieces of this size.' },
  longestLine: {
    value: 1 << 24,
    unit: 'bytes',
    why: 'An archive holds a sealed group in one line. A longer line would fill the memory.',
  },
  longestExportedLine: {
    value: 1 << 22,
    unit: 'bytes',
    why: 'The longest entries list the calls of one answer or all agreements. Reading a line costs twenty times its length.',
  },
} as const;

/** Bytes of one or several files, read in order. */
export interface ByteSource {
  /** Memory that the source reads into fastest. */
  allocate(length: number): Uint8Array;
  /** Reads into the given memory. Returns the number of bytes, 0 at the end of each file, null after the last file. */
  read(into: Uint8Array): number | null;
}

/** A line that is not as lines of the log's files are. */
export class MalformedLine extends Error {
  override readonly name = 'MalformedLine';
}

/**
 * Splits bytes into lines in bounded memory. Each line is ended by a newline. Throws MalformedLine for a line without its
 * end and for a line that is empty or too long.
 */
export class LineSplitter {
  readonly #source: ByteSource;
  readonly #longest: number;
  /** Number of lines up to the end of each file that was read to its end. */
  readonly #ends: number[] = [];
  #buffer: Uint8Array;
  /** The next line starts here. The byte before it always belongs to this splitter. */
  #start = 1;
  #end = 1;
  #lines = 0;
  #bytes = 0;

  /** `longest` is in bytes. */
  constructor(source: ByteSource, longest: number = LINE_LIMITS.longestLine.value) {
    this.#source = source;
    this.#longest = longest;
    this.#buffer = source.allocate(1 + LINE_LIMITS.chunk.value);
  }

  /** Number of lines given so far. */
  get lines(): number {
    return this.#lines;
  }

  /** Number of bytes given so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The number of lines up to the end of each file that was read to its end. */
  get ends(): readonly number[] {
    return this.#ends;
  }

  /**
   * Returns the next line's bytes after one zero byte, as a leaf is hashed (RFC 9162 2.1.1), or null at the end. The next
   * call overwrites them.
   */
  next(): Uint8Array | null {
    let searched = this.#start;
    for (;;) {
      const newline = this.#buffer.subarray(0, this.#end).indexOf(NEWLINE, searched);
      if (newline >= 0) return this.#take(newline);
      searched = this.#end - this.#start + 1;
      if (!this.#fill()) return null;
    }
  }

  #take(newline: number): Uint8Array {
    const prefixed = this.#buffer.subarray(this.#start - 1, newline);
    // This byte is the newline before the line, or the spare byte at the front. Neither is needed any longer.
    prefixed[0] = 0;
    if (prefixed.length === 1) this.#fail('an empty line');
    this.#bytes += prefixed.length;
    this.#start = newline + 1;
    this.#lines += 1;
    return prefixed;
  }

  /** Moves the bytes that are left to the front and reads more behind them. Returns false at the end of the last file. */
  #fill(): boolean {
    const rest = this.#buffer.subarray(this.#start, this.#end);
    if (rest.length + 1 === this.#buffer.length) this.#grow();
    this.#buffer.set(rest, 1);
    this.#start = 1;
    this.#end = 1 + rest.length;
    const got = this.#source.read(this.#buffer.subarray(this.#end));
    if (got === null) return false;
    if (got === 0) {
      if (rest.length > 0) this.#fail('a line without its end');
      this.#ends.push(this.#lines);
    }
    this.#end += got;
    return true;
  }

  #grow(): void {
    if (this.#buffer.length > this.#longest) this.#fail('a line that is too long');
    const larger = this.#source.allocate(this.#buffer.length * 2);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  #fail(what: string): never {
    throw new MalformedLine(`${what} (line ${this.#lines + 1} of its kind)`);
  }
}
