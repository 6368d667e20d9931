import { BROKEN, type Broken } from '../records/record.ts';

/**
 * Tells whether a record's list of keys holds this one. The answer is BROKEN when the key is not found but may
 * be an item that cannot be read.
 */
export function listsKey(keys: unknown, key: unknown): boolean | Broken {
  if (!Array.isArray(keys)) return BROKEN;
  if (keys.includes(key)) return true;
  return keys.includes(BROKEN) ? BROKEN : false;
}
