import { hash } from 'node:crypto';

/**
 * Version of the stored records. Raise it where records change without the schema; version 2 added the facts on which
 * rows are decided, version 3 refusals by caller and values that could not be read, version 4 rows that
 * could not be read, version 5 marks and subjects for change notices.
 */
const RECORD_FORMAT = 5;

/**
 * The prefix of every key in Redis. Releases with other schemas share no record: a record that was stored before a
 * field was added lacks it, and would give SOURCE_CONTRACT_BROKEN until it expires.
 */
export function keyPrefixOf(sdl: Iterable<string>): string {
  return `ndg:${hash('sha256', [RECORD_FORMAT, ...sdl].join('\n')).slice(0, 16)}:`;
}
