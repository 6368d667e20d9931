import { LRUCache } from 'lru-cache';
import type { Limits } from '../../../config/limits.ts';
import type { LoggedDocument } from '../../entry/answer-record.ts';

export const KNOWN_DOCUMENT_LIMITS = {
  known: {
    value: 50_000,
    unit: 'documents',
    why: 'The digests of stored texts are remembered, so that each text goes to the disk once.',
  },
} as const satisfies Limits;

/** Digests of the documents that are stored already: texts repeat, and are sent to the thread and written once. */
export class KnownDocuments {
  readonly #known = new LRUCache<string, true>({ max: KNOWN_DOCUMENT_LIMITS.known.value });

  /** The documents that the store may lack. */
  unknownOf(documents: readonly LoggedDocument[]): readonly LoggedDocument[] {
    return documents.filter(({ digest }) => !this.#known.get(digest));
  }

  /** Once they are on disk. */
  add(documents: readonly LoggedDocument[]): void {
    for (const { digest } of documents) this.#known.set(digest, true);
  }
}
