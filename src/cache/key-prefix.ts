import { hash } from 'node:crypto';

/** Raised where records change without the schema: 2 holds the facts that rows are decided on. */
const RECORD_FORMAT = 2;

/**
 * Before every key in Redis, so that releases with other schemas share no record: one mapped before a field was added
 * lacks it, and would be SOURCE_CONTRACT_BROKEN for as long as it lives.
 */
export function keyPrefixOf(sdl: Iterable<string>): string {
  return `ndg:${hash('sha256', [RECORD_FORMAT, ...sdl].join('\n')).slice(0, 16)}:`;
}
