import { createHmac, randomBytes } from 'node:crypto';

/** The form of a personal id. Households and parcels have no entry of their own everywhere, and are not compared. */
const PERSON = /^\d{12}$/;
/** 66 bits: two of some million keys hardly ever get the same. */
const CHARACTERS = 11;

/** A person's id as it may lie in a temporary file; null for what is none. Equal ones within a run stay equal. */
export type BlindKey = (key: string) => string | null;

/** Ids can be guessed, hence a key that is gone with the process. */
export function createBlindKey(): BlindKey {
  const secret = randomBytes(32);
  return (key) =>
    PERSON.test(key)
      ? createHmac('sha256', secret).update(key).digest('base64url').slice(0, CHARACTERS)
      : null;
}
