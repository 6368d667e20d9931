import { decodeBase64, encodeBase64 } from '../base64.ts';
import { joinBytes, readUint32, utf8Bytes } from '../bytes.ts';
import {
  importPublicKey,
  PUBLIC_KEY_BYTES,
  publicKeyOf,
  sha256,
  type PublicKey,
  type SigningKey,
} from '../crypto.ts';

/** C2SP signed-note, signature types. */
export const ED25519 = 0x01;
/** C2SP tlog-cosignature, `cosignature/v1`. */
export const ED25519_COSIGNATURE = 0x04;

export type NoteKeyType = typeof ED25519 | typeof ED25519_COSIGNATURE;

const VKEY = /^(?<name>[^+]+)\+(?<id>[0-9a-f]{8})\+(?<material>[A-Za-z0-9+/=]+)$/u;
// eslint-disable-next-line no-control-regex
const NO_NAME = /[\p{White_Space}\u0000-\u001f+]/u;

/** A key that may have signed a note. Name and id together tell the key and its algorithm. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || 0x0A || type || public key), big-endian. */
  readonly id: number;
  readonly type: NoteKeyType;
  readonly publicKey: PublicKey;
  /** 32 bytes, RFC 8032. */
  readonly publicBytes: Uint8Array;
}

/** Signs notes, or checkpoints of others where the key's type is ED25519_COSIGNATURE. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly privateKey: SigningKey;
}

/** Throws RangeError where the name is none or the key is not Ed25519. */
export function noteSignerOf(name: string, privateKey: SigningKey, type: NoteKeyType = ED25519): NoteSigner {
  const { publicKey, publicBytes } = publicKeyOf(privateKey);
  const key = keyOf(name, type, publicBytes, publicKey);
  if (!key) throw new RangeError('not a name of a key');
  return { key, privateKey };
}

/** Returns the same key under another name, which makes another id. Returns null where the text is no name of a key. */
export function renamedKey(key: VerifierKey, name: string): VerifierKey | null {
  return key.name === name ? key : keyOf(name, key.type, key.publicBytes, key.publicKey);
}

/** `<name>+<id>+<base64 of type and public key>`; null where malformed, of another type, or where the id is not its own. */
export function parseVerifierKey(vkey: string): VerifierKey | null {
  const { name = '', id = '', material = '' } = VKEY.exec(vkey)?.groups ?? {};
  const bytes = decodeBase64(material);
  const type = bytes?.[0];
  if (!bytes || bytes.length !== 1 + PUBLIC_KEY_BYTES) return null;
  if (type !== ED25519 && type !== ED25519_COSIGNATURE) return null;
  const publicBytes = bytes.subarray(1);
  const key = keyOf(name, type, publicBytes, importPublicKey(publicBytes));
  return key && hexOf(key.id) === id ? key : null;
}

export function formatVerifierKey({ name, id, type, publicBytes }: VerifierKey): string {
  return `${name}+${hexOf(id)}+${encodeBase64(Uint8Array.of(type, ...publicBytes))}`;
}

/** C2SP signed-note: not empty, no Unicode space, no plus; and nothing that a note cannot carry. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !NO_NAME.test(name);
}

function keyOf(
  name: string,
  type: NoteKeyType,
  publicBytes: Uint8Array,
  publicKey: PublicKey,
): VerifierKey | null {
  if (!isKeyName(name)) return null;
  const digest = sha256(joinBytes(utf8Bytes(`${name}\n`), Uint8Array.of(type), publicBytes));
  return { name, id: readUint32(digest), type, publicKey, publicBytes };
}

function hexOf(id: number): string {
  return id.toString(16).padStart(8, '0');
}
