import {
  createPrivateKey,
  createPublicKey,
  hash,
  sign,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto';
import { encodeBase64 } from './base64.ts';
import { joinBytes, utf8Bytes } from './bytes.ts';

/**
 * All cryptography of the log's format. No other file of this folder names a module of Node, so that a build for
 * browsers replaces this file alone.
 */

/** RFC 8032: bytes of an Ed25519 public key, of the seed of a private key, of a signature. */
export const PUBLIC_KEY_BYTES = 32;
export const SEED_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** RFC 8410 section 7: the bytes that stand before the seed of an Ed25519 key in PKCS #8. */
const PKCS8_PREFIX = bytesOfHex('302e020100300506032b657004220420');
/** RFC 8410 section 4: the bytes that stand before the public key in SubjectPublicKeyInfo. */
const SPKI_PREFIX = bytesOfHex('302a300506032b6570032100');

/** Bytes of a SHA-256 digest. */
export const DIGEST_BYTES = 32;

export type SigningKey = KeyObject;
export type PublicKey = KeyObject;

/**
 * SHA-256 of bytes, or of a text's UTF-8. A small Uint8Array lies in the engine's own heap, while Node's output `buffer`
 * gives each digest a memory block of its own, which costs as much again and more to collect.
 */
export function sha256(data: string | Uint8Array): Uint8Array {
  const digest = hash('sha256', data, 'binary');
  const bytes = new Uint8Array(DIGEST_BYTES);
  for (let at = 0; at < DIGEST_BYTES; at++) bytes[at] = digest.charCodeAt(at);
  return bytes;
}

/** SHA-256 of a text's UTF-8 in base64url, 43 characters. */
export function sha256Base64url(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** Compares two secret texts in a time that depends on their lengths alone. */
export function isSameSecret(a: string, b: string): boolean {
  const [first, second] = [utf8Bytes(a), utf8Bytes(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** Makes an Ed25519 key from its 32-byte seed (RFC 8032 5.1.5). Throws RangeError on another length. */
export function signingKeyOf(seed: Uint8Array): SigningKey {
  if (seed.length !== SEED_BYTES) throw new RangeError('an Ed25519 seed has 32 bytes');
  return createPrivateKey(pemOf('PRIVATE KEY', joinBytes(PKCS8_PREFIX, seed)));
}

/** The public key of a signing key, with its 32 bytes. Throws RangeError where the key is not Ed25519. */
export function publicKeyOf(signingKey: SigningKey): { publicKey: PublicKey; publicBytes: Uint8Array } {
  const publicKey = createPublicKey(signingKey);
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new RangeError('notes are signed with Ed25519');
  return {
    publicKey,
    publicBytes: publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length),
  };
}

/** Imports the 32 bytes of an Ed25519 public key. */
export function importPublicKey(publicBytes: Uint8Array): PublicKey {
  return createPublicKey(pemOf('PUBLIC KEY', joinBytes(SPKI_PREFIX, publicBytes)));
}

/** RFC 8032 5.1.6: an Ed25519 signature over the UTF-8 of the message. */
export function signEd25519(message: string, signingKey: SigningKey): Uint8Array {
  return sign(null, utf8Bytes(message), signingKey);
}

/** RFC 8032 5.1.7. Returns false for a signature of any other length. */
export function verifyEd25519(message: string, signature: Uint8Array, publicKey: PublicKey): boolean {
  return signature.length === SIGNATURE_BYTES && verify(null, utf8Bytes(message), publicKey, signature);
}

/** RFC 7468. */
function pemOf(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${encodeBase64(der)}\n-----END ${label}-----\n`;
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
