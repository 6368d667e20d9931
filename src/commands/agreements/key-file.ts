import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommandFailure } from '../command-line/command-failure.ts';

/** Throws CommandFailure where it is no Ed25519 key in PEM. */
export function readPrivateKey(file: string): KeyObject {
  const bytes = readGiven(file);
  try {
    const key = createPrivateKey(bytes);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: what was read may be a key and does not belong into a message.
  }
  throw new CommandFailure(`${file} holds no Ed25519 private key in PEM.`);
}

/** A file that an argument names. Throws CommandFailure. */
export function readGiven(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new CommandFailure(`${file} cannot be read.`);
  }
}
