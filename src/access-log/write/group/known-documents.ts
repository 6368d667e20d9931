import { LRUCache } from 'lru-cache';
import type { Limits } from '../../../config/limits.ts';
import type { LogRecord } from '../../entry/access-log-writer.ts';
import type { LoggedDocument } from '../../entry/answer-record.ts';
import { TextShares } from './text-shares.ts';

export const KNOWN_DOCUMENT_LIMITS = {
  known: {
    value: 50_000,
    unit: 'documents',
    why: 'The digests of stored texts are remembered, so that each text goes to the disk once.',
  },
} as const satisfies Limits;

/** Digests of the documents that are stored already: texts repeat, and are sent to the thread and written once. */
export class KnownDocuments {
  readonly #shares = new TextShares();
  readonly #known = new LRUCache<string, true>({ max: KNOWN_DOCUMENT_LIMITS.known.value });

  /** The record's documents that the store may lack, but for operation texts past their caller's share. */
  unknownOf(record: LogRecord): readonly LoggedDocument[] {
    const unknown = record.documents.filter(({ digest }) => !this.#known.get(digest));
    if ('detail' in record) return unknown;
    return unknown.filter(({ text }) => this.#shares.admits(record, text));
  }

  /** Once they are on disk. */
  add(documents: readonly LoggedDocument[]): void {
    for (const { digest } of documents) this.#known.set(digest, true);
  }
}
