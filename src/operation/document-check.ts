import { LRUCache } from 'lru-cache';
import type { Limits } from '../config/limits.ts';
import { parse } from 'graphql';
import { isWithinSizeLimits, isWithinTokenLimit, OPERATION_LIMITS } from './limits.ts';

export const CHECKED_DOCUMENT_LIMITS = {
  characters: {
    value: 8_000_000,
    unit: 'characters',
    why: 'Texts found within the limits are remembered, and clients invent them.',
  },
} as const satisfies Limits;

/** Tells whether a document may be parsed and validated at all; remembers those that may. */
export class DocumentCheck {
  readonly #within = new LRUCache<string, true>({
    maxSize: CHECKED_DOCUMENT_LIMITS.characters.value,
    sizeCalculation: (_value, text) => text.length + 64,
  });

  /** True for a text that was found within the limits before. Otherwise it is still to be parsed and validated. */
  isKnown(source: string): boolean {
    return this.#within.has(source);
  }

  isWithinLimits(source: string): boolean {
    if (this.#within.has(source)) return true;
    if (!isWithinTokenLimit(source)) return false;
    try {
      if (!isWithinSizeLimits(parse(source, { maxTokens: OPERATION_LIMITS.tokens.value, noLocation: true })))
        return false;
    } catch (error) {
      // Deep nesting overflows the parser's stack; what is no GraphQL is Apollo's to say.
      if (error instanceof RangeError) return false;
    }
    this.#within.set(source, true);
    return true;
  }
}
