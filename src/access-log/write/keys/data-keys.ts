import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../../../config/secrets/key-rings.ts';
import { BOX_OVERHEAD_BYTES, openBox, sealBox } from '../../../config/secrets/sealed-box.ts';
import type { SealKeyRow } from '../../stores/log-store.ts';

const DATA_KEY_BYTES = 32;
const DAY_MS = 86_400_000;

/** The key under which groups are sealed now. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
  /** The row that the store keeps of it. */
  readonly row: SealKeyRow;
  /** UTC day on which it was made: each day, and each start, has a new one. */
  readonly day: number;
}

export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS);
}

/** Makes a fresh key of 32 bytes, wrapped with the newest key of the ring. */
export function createDataKey(ring: KeyRing, now: number): DataKey {
  const id = `${new Date(now).toISOString().slice(0, 10)}-${randomBytes(6).toString('hex')}`;
  const key = randomBytes(DATA_KEY_BYTES);
  return { id, key, row: wrapDataKey(ring, id, key), day: dayOf(now) };
}

/** Wraps a data key in a sealed box (sealed-box.ts). It is bound to both ids, so that keys cannot be swapped. */
export function wrapDataKey(ring: KeyRing, id: string, key: Buffer): SealKeyRow {
  const [newest] = ring;
  return { id, wrappedBy: newest.id, wrapped: sealBox(newest.key, key, associatedData(newest.id, id)) };
}

/**
 * Unwraps a data key; null where the ring lacks the wrapping key, or where the bytes are not those that were wrapped
 * for this id.
 */
export function unwrapDataKey(ring: KeyRing, { id, wrappedBy, wrapped }: SealKeyRow): Buffer | null {
  const wrapping = ring.find((one) => one.id === wrappedBy);
  if (!wrapping || wrapped.length !== BOX_OVERHEAD_BYTES + DATA_KEY_BYTES) return null;
  return openBox(wrapping.key, wrapped, associatedData(wrappedBy, id));
}

function associatedData(wrappedBy: string, id: string): Buffer {
  return Buffer.from(`access-log data key\n1\n${wrappedBy}\n${id}`, 'utf8');
}
