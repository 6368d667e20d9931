import { createPrivateKey, createPublicKey, hash, type KeyObject } from 'node:crypto';
import { decodeBase64 } from '../base64.ts';

/** C2SP signed-note, signature types. */
export const ED25519 = 0x01;
/** C2SP tlog-cosignature, `cosignature/v1`. */
export const ED25519_COSIGNATURE = 0x04;

export type NoteKeyType = typeof ED25519 | typeof ED25519_COSIGNATURE;

export const PUBLIC_KEY_BYTES = 32;
export const SEED_BYTES = 32;

/** RFC 8410 section 7: everything before the seed of an Ed25519 key in PKCS #8. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** RFC 8410 section 4: everything before the public key in SubjectPublicKeyInfo. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const VKEY = /^(?<name>[^+]+)\+(?<id>[0-9a-f]{8})\+(?<material>[A-Za-z0-9+/=]+)$/u;
// eslint-disable-next-line no-control-regex
const NO_NAME = /[\p{White_Space}\u0000-\u001f+]/u;

/** Who may have signed a note. Name and id together tell which key, and by which algorithm. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || 0x0A || type || public key), big-endian. */
  readonly id: number;
  readonly type: NoteKeyType;
  readonly publicKey: KeyObject;
  /** 32 bytes, RFC 8032. */
  readonly publicBytes: Buffer;
}

/** Signs notes, or checkpoints of others where the key's type is ED25519_COSIGNATURE. */
export interface NoteSigner {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

/** Ed25519 key from its 32-byte seed (RFC 8032 5.1.5). Throws RangeError on another length. */
export function signingKeyOf(seed: Buffer): KeyObject {
  if (seed.length !== SEED_BYTES) throw new RangeError('an Ed25519 seed has 32 bytes');
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

/** Throws RangeError where the name is none or the key is not Ed25519. */
export function noteSignerOf(name: string, privateKey: KeyObject, type: NoteKeyType = ED25519): NoteSigner {
  const publicKey = createPublicKey(privateKey);
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new RangeError('notes are signed with Ed25519');
  const publicBytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
  const key = keyOf(name, type, publicBytes, publicKey);
  if (!key) throw new RangeError('not a name of a key');
  return { key, privateKey };
}

/** The same key under another name, which makes another id; null where that is none. */
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
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicBytes]),
    format: 'der',
    type: 'spki',
  });
  const key = keyOf(name, type, publicBytes, publicKey);
  return key && hexOf(key.id) === id ? key : null;
}

export function formatVerifierKey({ name, id, type, publicBytes }: VerifierKey): string {
  return `${name}+${hexOf(id)}+${Buffer.from([type, ...publicBytes]).toString('base64')}`;
}

/** C2SP signed-note: not empty, no Unicode space, no plus; and nothing that a note cannot carry. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !NO_NAME.test(name);
}

function keyOf(
  name: string,
  type: NoteKeyType,
  publicBytes: Buffer,
  publicKey: KeyObject,
): VerifierKey | null {
  if (!isKeyName(name)) return null;
  const digest = hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(type), publicBytes]),
    'buffer',
  );
  return { name, id: digest.readUInt32BE(0), type, publicKey, publicBytes };
}

function hexOf(id: number): string {
  return id.toString(16).padStart(8, '0');
}
