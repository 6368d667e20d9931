import { LRUCache } from 'lru-cache';
import { parse } from 'graphql';
import { isWithinSizeLimits, isWithinTokenLimit, OPERATION_LIMITS } from './limits.ts';

/** Texts found within limits, by text; bounded in characters because clients invent them. */
const MAX_CHARACTERS = 8_000_000;

/** Tells whether a document may be parsed and validated at all; remembers those that may. */
export class DocumentCheck {
  readonly #within = new LRUCache<string, true>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_value, text) => text.length + 64,
  });

  isWithinLimits(source: string): boolean {
    if (this.#within.has(source)) return true;
    if (!isWithinTokenLimit(source)) return false;
    try {
      if (!isWithinSizeLimits(parse(source, { maxTokens: OPERATION_LIMITS.tokens, noLocation: true })))
        return false;
    } catch (error) {
      // Deep nesting overflows the parser's stack; what is no GraphQL is Apollo's to say.
      if (error instanceof RangeError) return false;
    }
    this.#within.set(source, true);
    return true;
  }
}
