import { LRUCache } from 'lru-cache';
import type { DocumentNode } from 'graphql';
import type { Limits } from '../config/limits.ts';
import { bytesOfDocument } from '../operation/document-bytes.ts';

export interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

export const DOCUMENT_STORE_LIMITS = {
  bytes: {
    value: 64 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'All validated documents together, since clients invent texts.',
  },
} as const satisfies Limits;

/**
 * Validated documents by a key that holds their text. Clients invent texts, so they are bounded, by their size:
 * a client that sends the largest, however few, must not fill the memory with them.
 */
export function buildDocumentStore(maxBytes: number = DOCUMENT_STORE_LIMITS.bytes.value): DocumentStore {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: maxBytes,
    // The text stands in the key once more.
    sizeCalculation: (document, key) => 2 * key.length + bytesOfDocument(document),
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => void documents.set(key, document),
    delete: async (key) => documents.delete(key),
  };
}
