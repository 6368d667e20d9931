import { hash } from 'node:crypto';

/**
 * Before every key in Redis, so that releases with other schemas share no record: one mapped before a field was added
 * lacks it, and would be SOURCE_CONTRACT_BROKEN for as long as it lives.
 */
export function keyPrefixOf(sdl: Iterable<string>): string {
  return `ndg:${hash('sha256', [...sdl].join('\n')).slice(0, 16)}:`;
}
