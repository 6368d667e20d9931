import { createCipheriv, createDecipheriv, randomBytes, type DecipherGCM } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NOTHING = Buffer.alloc(0);

/** Bytes that a box has beside the sealed text. */
export const BOX_OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. Layout: nonce (12 bytes), tag (16), sealed text. `bound` is
 * authenticated with the text, so that a box opens in its own place alone. `header` stands before the box in the clear.
 * One key seals at most 2^32 boxes (section 8.3): a caller that seals more derives a key for each part.
 */
export function sealBox(
  key: Uint8Array,
  plain: string | Uint8Array,
  bound: Uint8Array,
  header: Uint8Array = NOTHING,
): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound);
  const sealed = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain);
  // GCM holds nothing back: all of the text is sealed already, and the end only completes the tag.
  cipher.final();
  return Buffer.concat([header, nonce, cipher.getAuthTag(), sealed]);
}

/** The sealed bytes; null where the box was not sealed with this key for this place. */
export function openBox(key: Uint8Array, box: Uint8Array, bound: Uint8Array): Buffer | null {
  const decipher = decipherOf(key, box, bound);
  if (!decipher) return null;
  try {
    return Buffer.concat([decipher.update(box.subarray(BOX_OVERHEAD_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

/** The same as `openBox` for text in UTF-8, without a copy of its bytes. */
export function openTextBox(key: Uint8Array, box: Uint8Array, bound: Uint8Array): string | null {
  const decipher = decipherOf(key, box, bound);
  if (!decipher) return null;
  try {
    return decipher.update(box.subarray(BOX_OVERHEAD_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

function decipherOf(key: Uint8Array, box: Uint8Array, bound: Uint8Array): DecipherGCM | null {
  if (box.length < BOX_OVERHEAD_BYTES) return null;
  const nonce = box.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(bound);
  decipher.setAuthTag(box.subarray(NONCE_BYTES, BOX_OVERHEAD_BYTES));
  return decipher;
}
