import type { ReadEntry } from '../reading/entry-reader.ts';

export interface WatchedEntry {
  readonly leaf: Uint8Array;
  /** The entry; null where it was removed. */
  readonly entry: ReadEntry | null;
  /** Its exact text; null where it was removed. */
  readonly text: string | null;
}

/**
 * An entry of an answer that somebody holds a receipt of. Removed entries do not tell to which answer they belonged.
 */
export interface WatchedAnswerEntry {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly entry: ReadEntry;
  readonly text: string;
}

/**
 * Notes what the checkpoints, receipts and proofs of others need from the entries while these pass, so that the entries
 * need not be kept.
 */
export class WatchedEntries {
  readonly #sizes: ReadonlySet<number>;
  readonly #indexes: ReadonlySet<number>;
  readonly #roots = new Map<number, Uint8Array>();
  readonly #entries = new Map<number, WatchedEntry>();
  readonly #answers: ReadonlyMap<string, WatchedAnswerEntry[]>;
  /** Times of the first and last entry that was not removed, milliseconds since 1970. */
  firstKept: number | null = null;
  lastKept: number | null = null;
  hasRemoved = false;

  /** `answers` are ids. */
  constructor(sizes: Iterable<number>, indexes: Iterable<number>, answers: Iterable<string>) {
    this.#sizes = new Set(sizes);
    this.#indexes = new Set(indexes);
    this.#answers = new Map([...answers].map((id) => [id, []]));
  }

  atSize(size: number, root: () => Uint8Array): void {
    if (this.#sizes.has(size)) this.#roots.set(size, root());
  }

  atEntry(index: number, found: WatchedEntry): void {
    const { leaf, entry, text } = found;
    if (this.#indexes.has(index)) this.#entries.set(index, found);
    if (entry === null || text === null) {
      this.hasRemoved = true;
      return;
    }
    this.firstKept ??= entry.time;
    this.lastKept = entry.time;
    this.#answers.get(entry.id)?.push({ index, leaf, entry, text });
  }

  /** The root of the export's tree at that size; undefined where the walk did not come so far. */
  rootAt(size: number): Uint8Array | undefined {
    return this.#roots.get(size);
  }

  /** The entries of an answer by index; an empty list where the export has none. */
  answerOf(id: string): readonly WatchedAnswerEntry[] {
    return this.#answers.get(id) ?? [];
  }

  entryAt(index: number): WatchedEntry | undefined {
    return this.#entries.get(index);
  }
}
