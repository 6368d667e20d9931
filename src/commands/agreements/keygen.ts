import { generateKeyPairSync } from 'node:crypto';
import type { CommandResult } from './command-result.ts';

/**
 * A new pair for a register's owner: the private key as PEM, and below it the public one as `owner-keys.<id>.json` takes it.
 * The whole output may be kept as the key file: readers of PEM pass over the last line.
 */
export function keygen(): CommandResult {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { output: `${pem}publicKey: ${spki}`, status: 0 };
}
