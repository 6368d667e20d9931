import { generateKeyPairSync } from 'node:crypto';
import { parseArgs } from 'node:util';
import { UsageError, type CommandResult } from './command-result.ts';

/**
 * A new pair for a register's owner: the private key as PEM, and as the last line the public one, as it stands in a list of
 * `owner-keys.<id>.json`. The whole output may be kept as the key file: readers of PEM pass over that line.
 */
export function keygen(args: readonly string[]): CommandResult {
  const { values } = parseArgs({
    args: [...args],
    options: { 'key-id': { type: 'string', default: 'k1' } },
  });
  const { 'key-id': id } = values;
  if (!/^[A-Za-z0-9-]{1,32}$/.test(id))
    throw new UsageError('--key-id is 1 to 32 letters, digits or hyphens.');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { output: `${pem}${JSON.stringify({ id, publicKey: spki })}`, status: 0 };
}
