import { generateKeyPairSync } from 'node:crypto';
import { UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';

export const generateKeyCommand = buildSubcommand({
  details: `Makes a key pair for a register's owner. Prints the private key as PEM and, as the last line, the public key as an entry for
owner-keys.<id>.json. The whole output may be kept as the key file, because readers of PEM pass over the last line.`,
  options: { 'key-id': { value: 'ID', meaning: 'the name of the key', default: 'k1' } },
  run: (values) => generateKey(values['key-id']),
});

/** Makes an Ed25519 pair. Throws UsageError for an id that is malformed. */
export function generateKey(id: string): CommandResult {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(id))
    throw new UsageError('--key-id is 1 to 32 letters, digits or hyphens.');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { output: `${pem}${JSON.stringify({ id, publicKey: spki })}`, status: 0 };
}
