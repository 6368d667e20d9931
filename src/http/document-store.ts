import { LRUCache } from 'lru-cache';
import type { DocumentNode } from 'graphql';

export interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(key: string, document: DocumentNode): Promise<void>;
  delete(key: string): Promise<boolean>;
}

const MAX_BYTES = 64 * 1_024 * 1_024;
/** What parsing leaves of one token, nodes and locations included; measured, rounded up. */
const BYTES_PER_TOKEN = 400;

/**
 * Validated documents by a key that holds their text. Clients invent texts, so they are bounded, by their size:
 * whoever may send the largest, however few, must not fill the memory with them.
 */
export function buildDocumentStore(maxBytes: number = MAX_BYTES): DocumentStore {
  // The text stands in the key and in the document; two bytes a character.
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: maxBytes,
    sizeCalculation: (document, key) => 4 * key.length + BYTES_PER_TOKEN * tokensOf(document),
  });
  return {
    get: async (key) => documents.get(key),
    set: async (key, document) => void documents.set(key, document),
    delete: async (key) => documents.delete(key),
  };
}

/** Tokens, ignored ones too: each is kept alive by the document's location. */
function tokensOf({ loc }: DocumentNode): number {
  let count = 1;
  for (let token = loc?.startToken; token?.next; token = token.next) count += 1;
  return count;
}
