import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../../config/key-rings.ts';
import type { SealKeyRow } from '../../stores/log-store.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DAY_MS = 86_400_000;

/** The key under which groups are sealed now. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
  /** What the store keeps of it. */
  readonly row: SealKeyRow;
  /** UTC day on which it was made: each day, and each start, has a new one. */
  readonly day: number;
}

export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}

/** A fresh key of 32 bytes, wrapped with the newest key of the ring. */
export function createDataKey(ring: KeyRing, now: number): DataKey {
  const id = `${new Date(now).toISOString().slice(0, 10)}-${randomBytes(6).toString('hex')}`;
  const key = randomBytes(32);
  return { id, key, row: wrapDataKey(ring, id, key), day: dayOf(now) };
}

/**
 * AES-256-GCM (NIST SP 800-38D) over the data key; layout: nonce (12 bytes), tag (16), key (32). Bound to both ids, so that
 * keys cannot be swapped.
 */
export function wrapDataKey(ring: KeyRing, id: string, key: Buffer): SealKeyRow {
  const [newest] = ring;
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', newest.key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(newest.id, id));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  return { id, wrappedBy: newest.id, wrapped: Buffer.concat([nonce, cipher.getAuthTag(), sealed]) };
}

/** Null where the ring lacks the wrapping key, or the bytes are not what was wrapped for this id. */
export function unwrapDataKey(ring: KeyRing, { id, wrappedBy, wrapped }: SealKeyRow): Buffer | null {
  const wrapping = ring.find((one) => one.id === wrappedBy);
  if (!wrapping || wrapped.length !== NONCE_BYTES + TAG_BYTES + 32) return null;
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', wrapping.key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(wrappedBy, id));
  decipher.setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}

function associatedData(wrappedBy: string, id: string): Buffer {
  return Buffer.from(`access-log data key\n1\n${wrappedBy}\n${id}`, 'utf8');
}
