import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBase64 } from '../../log-format/base64.ts';
import { SEED_BYTES, signingKeyOf } from '../../log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  formatVerifierKey,
  noteSignerOf,
  type NoteSigner,
} from '../../log-format/notes/note-key.ts';

const KEY_FILE = 'witness.key';
const KEY_LINE = /^PRIVATE\+KEY\+(?<name>[^+\n]+)\+(?<id>[0-9a-f]{8})\+(?<material>[A-Za-z0-9+/=]+)\n$/;

/** The key file is not one of a witness. */
export class WitnessKeyError extends Error {
  override readonly name = 'WitnessKeyError';
}

/** Reads the witness's key; null where the folder has none. Throws WitnessKeyError and the system's errors. */
export function readWitnessKey(directory: string): NoteSigner | null {
  const text = readIfThere(join(directory, KEY_FILE));
  if (text === null) return null;
  const { name = '', id, material = '' } = KEY_LINE.exec(text)?.groups ?? {};
  const bytes = decodeBase64(material);
  if (bytes?.[0] !== ED25519_COSIGNATURE || bytes.length !== 1 + SEED_BYTES) throw notAKey();
  const signer = signerOf(name, bytes.subarray(1));
  if (idOf(signer) !== id) throw notAKey();
  return signer;
}

/**
 * A new key, on disk (0600) before it is used; as golang.org/x/mod sumdb/note writes private keys. Throws RangeError
 * where the name is none, and the system's errors: EEXIST where there is a key.
 */
export function makeWitnessKey(directory: string, name: string): NoteSigner {
  const seed = randomBytes(SEED_BYTES);
  const signer = noteSignerOf(name, signingKeyOf(seed), ED25519_COSIGNATURE);
  const material = Buffer.concat([Buffer.of(ED25519_COSIGNATURE), seed]).toString('base64');
  const descriptor = openSync(join(directory, KEY_FILE), 'wx', 0o600);
  try {
    writeSync(descriptor, `PRIVATE+KEY+${name}+${idOf(signer)}+${material}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return signer;
}

function signerOf(name: string, seed: Uint8Array): NoteSigner {
  try {
    return noteSignerOf(name, signingKeyOf(seed), ED25519_COSIGNATURE);
  } catch (error) {
    throw new WitnessKeyError('the key file names no key', { cause: error });
  }
}

/** Eight hex digits, as in the vkey. */
function idOf({ key }: NoteSigner): string {
  return formatVerifierKey(key).slice(key.name.length + 1, key.name.length + 9);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function notAKey(): WitnessKeyError {
  return new WitnessKeyError('the key file is not one of a witness');
}
