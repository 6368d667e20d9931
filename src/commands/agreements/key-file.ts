import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommandFailure } from '../command-line/command-failure.ts';

/** Reads an Ed25519 private key in PEM. Throws CommandFailure where the file holds none. */
export function readPrivateKey(file: string): KeyObject {
  const bytes = readGiven(file);
  try {
    const key = createPrivateKey(bytes);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The message below does not quote the file, which may hold a secret key.
  }
  throw new CommandFailure(`${file} holds no Ed25519 private key in PEM.`);
}

/** Reads a file that an argument names. Throws CommandFailure. */
export function readGiven(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new CommandFailure(`${file} cannot be read.`);
  }
}
