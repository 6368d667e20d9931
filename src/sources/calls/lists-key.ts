import { BROKEN, type Broken } from '../records/record.ts';

/** Whether a record's list of keys holds this one; BROKEN where it is not found, but may stand in what is broken. */
export function listsKey(keys: unknown, key: unknown): boolean | Broken {
  if (!Array.isArray(keys)) return BROKEN;
  if (keys.includes(key)) return true;
  return keys.includes(BROKEN) ? BROKEN : false;
}
