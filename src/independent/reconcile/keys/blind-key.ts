import { hasPersonalIdForm } from '../../../registers.ts';
import { createHmac, randomBytes } from 'node:crypto';

/** 66 bits: two of some million keys hardly ever get the same. */
const CHARACTERS = 11;

/**
 * A person's id as it may lie in a temporary file; equal ones within a run stay equal. Null for any other key:
 * households and parcels do not have entries of their own everywhere, and are not compared.
 */
export type BlindKey = (key: string) => string | null;

/** Ids can be guessed, hence a key that is gone with the process. */
export function createBlindKey(): BlindKey {
  const secret = randomBytes(32);
  return (key) =>
    hasPersonalIdForm(key)
      ? createHmac('sha256', secret).update(key).digest('base64url').slice(0, CHARACTERS)
      : null;
}
