import { BOX_OVERHEAD_BYTES, openTextBox, sealBox } from '../config/secrets/sealed-box.ts';
import type { CacheAlarm } from './record-cache.ts';

/** 32 bytes for AES-256; `id` (1 to 32 characters of `A-Za-z0-9_-`) stands in each value, so that keys rotate. */
export interface SealKey {
  readonly id: string;
  readonly key: Buffer;
}

/** The place, kind and expiry to which a sealed value is bound: it opens under no other. */
export interface SealBinding {
  readonly place: string;
  readonly kind: string;
  readonly expiresAt: number;
}

/** The text of a sealed value with its expiry, or the reason for which it was not believed. */
export type OpenedValue =
  { readonly plain: string; readonly expiresAt: number } | { readonly alarm: CacheAlarm };

/** Seals and opens values. */
export interface Sealer {
  seal(plain: string, binding: SealBinding): Buffer;
  open(sealed: Buffer, place: string, kind: string, now: number): OpenedValue;
}

const FORMAT_VERSION = 1;
const EXPIRY_BYTES = 8;
const NOT_GENUINE: OpenedValue = { alarm: 'not-genuine' };

/**
 * Seals with the first key and opens with all of them.
 * Layout: version (1 byte), length of key id (1), key id, expiry in ms (8, big endian), then a sealed box (sealed-box.ts).
 * Throws at start-up where a key is not 32 bytes, an id is malformed or stands twice.
 */
export function buildSealer(keys: readonly SealKey[]): Sealer {
  const byId = new Map<string, SealKey>();
  for (const key of keys) {
    if (!/^[\w-]{1,32}$/.test(key.id)) throw new Error('a cache seal key needs an id of 1 to 32 characters');
    if (key.key.length !== 32) throw new Error('a cache seal key must have 32 bytes');
    if (byId.has(key.id)) throw new Error('two cache seal keys have the same id');
    byId.set(key.id, key);
  }
  const [first] = keys;
  if (first === undefined) throw new Error('the cache needs a seal key');
  return {
    seal: (plain, binding) => seal(first, plain, binding),
    open: (sealed, place, kind, now) => open(byId, sealed, place, kind, now),
  };
}

function seal(key: SealKey, plain: string, binding: SealBinding): Buffer {
  const header = Buffer.alloc(2 + key.id.length + EXPIRY_BYTES);
  header.writeUInt8(FORMAT_VERSION, 0);
  header.writeUInt8(key.id.length, 1);
  header.write(key.id, 2, 'latin1');
  header.writeBigUInt64BE(BigInt(Math.floor(binding.expiresAt)), 2 + key.id.length);
  return sealBox(key.key, plain, associatedData(header, binding.place, binding.kind), header);
}

function open(
  keys: ReadonlyMap<string, SealKey>,
  sealed: Buffer,
  place: string,
  kind: string,
  now: number,
): OpenedValue {
  if (sealed.length < 2) return NOT_GENUINE;
  if (sealed[0] !== FORMAT_VERSION) return { alarm: 'other-version' };
  const idLength = sealed[1] ?? 0;
  const headerLength = 2 + idLength + EXPIRY_BYTES;
  if (sealed.length < headerLength + BOX_OVERHEAD_BYTES) return NOT_GENUINE;
  const key = keys.get(sealed.toString('latin1', 2, 2 + idLength));
  if (key === undefined) return { alarm: 'unknown-key' };
  const header = sealed.subarray(0, headerLength);
  const plain = openTextBox(key.key, sealed.subarray(headerLength), associatedData(header, place, kind));
  if (plain === null) return NOT_GENUINE;
  // Only after authentication is the expiry known to be the sealed one.
  const expiresAt = Number(header.readBigUInt64BE(2 + idLength));
  return expiresAt > now ? { plain, expiresAt } : { alarm: 'expired-but-present' };
}

/** The header holds version, key id and expiry; the reader knows place and kind. */
function associatedData(header: Buffer, place: string, kind: string): Buffer {
  return Buffer.concat([header, Buffer.from(`${place}\n${kind}`, 'utf8')]);
}
