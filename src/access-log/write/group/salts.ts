import { randomBytes } from 'node:crypto';

const POOL_BYTES = 12_288;
/** Six random bits each: 132 together. */
const SALT_CHARACTERS = 22;

/** Salts of 22 characters of base64url, drawn from a pool: a system call for each would cost more than the hash. */
export function createSalts(): () => string {
  let pool = '';
  let place = 0;
  return () => {
    if (place + SALT_CHARACTERS > pool.length) {
      pool = randomBytes(POOL_BYTES).toString('base64url');
      place = 0;
    }
    place += SALT_CHARACTERS;
    return pool.slice(place - SALT_CHARACTERS, place);
  };
}
