import { LRUCache } from 'lru-cache';
import type { LoggedDocument } from '../../entry/answer-record.ts';

const MOST_KNOWN = 50_000;

/** Digests of the documents that are stored already: texts repeat, and are sent to the thread and written once. */
export class KnownDocuments {
  readonly #known = new LRUCache<string, true>({ max: MOST_KNOWN });

  /** Those that may be missing. */
  unknownOf(documents: readonly LoggedDocument[]): readonly LoggedDocument[] {
    return documents.filter(({ digest }) => !this.#known.get(digest));
  }

  /** Once they are on disk. */
  add(documents: readonly LoggedDocument[]): void {
    for (const { digest } of documents) this.#known.set(digest, true);
  }
}
