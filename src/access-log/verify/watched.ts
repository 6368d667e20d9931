import type { ReadEntry } from './entry-reader.ts';

export interface WatchedEntry {
  readonly leaf: Buffer;
  /** Null where the entry was removed. */
  readonly entry: ReadEntry | null;
  /** Its exact text; null where it was removed. */
  readonly text: string | null;
}

/** What checkpoints and receipts that others hold ask of the entries: noted while they pass, so that none is kept. */
export class Watched {
  readonly #sizes: ReadonlySet<number>;
  readonly #indexes: ReadonlySet<number>;
  readonly #roots = new Map<number, Buffer>();
  readonly #entries = new Map<number, WatchedEntry>();

  constructor(sizes: Iterable<number>, indexes: Iterable<number>) {
    this.#sizes = new Set(sizes);
    this.#indexes = new Set(indexes);
  }

  atSize(size: number, root: () => Buffer): void {
    if (this.#sizes.has(size)) this.#roots.set(size, root());
  }

  atEntry(index: number, found: WatchedEntry): void {
    if (this.#indexes.has(index)) this.#entries.set(index, found);
  }

  /** Undefined where the walk did not come to that size. */
  rootAt(size: number): Buffer | undefined {
    return this.#roots.get(size);
  }

  entryAt(index: number): WatchedEntry | undefined {
    return this.#entries.get(index);
  }
}
