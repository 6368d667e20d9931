import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 as digestOf } from '@noble/hashes/sha2.js';
import { encodeBase64 } from '../../log-format/base64.ts';
import { utf8Bytes } from '../../log-format/bytes.ts';

/**
 * Takes the place of log-format/crypto.ts in the browser's build (vite.config.ts): the same functions as far as checking
 * needs them, over the audited noble libraries, since Web Crypto hashes asynchronously only. Nothing signs here.
 */

export const PUBLIC_KEY_BYTES = 32;
export const SEED_BYTES = 32;
export const DIGEST_BYTES = 32;

export type PublicKey = Uint8Array;
export type SigningKey = never;

export function sha256(data: string | Uint8Array): Uint8Array {
  return digestOf(typeof data === 'string' ? utf8Bytes(data) : data);
}

export function sha256Base64url(text: string): string {
  return encodeBase64(sha256(text)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Compares two texts; nothing in a browser's own memory is secret from its user. */
export function isSameSecret(a: string, b: string): boolean {
  return a === b;
}

export function importPublicKey(publicBytes: Uint8Array): PublicKey {
  return publicBytes;
}

/** RFC 8032 5.1.7, without the laxer rules of ZIP 215. */
export function verifyEd25519(message: string, signature: Uint8Array, publicKey: PublicKey): boolean {
  try {
    return ed25519.verify(signature, utf8Bytes(message), publicKey, { zip215: false });
  } catch {
    return false;
  }
}

export function signingKeyOf(): never {
  throw new Error('a browser signs nothing');
}

export function publicKeyOf(): never {
  throw new Error('a browser signs nothing');
}

export function signEd25519(): never {
  throw new Error('a browser signs nothing');
}
