import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KEY_USES } from '../../../src/config/secrets/key-rings.ts';

export const GOOD_KEY = Buffer.alloc(32, 7).toString('base64');

const CREDENTIALS = {
  population: { user: 'u', secret: 's', apiKey: 'k', xRoadClient: 'VN/GOV/x' },
  business: { secret: 's' },
  civilStatus: { secret: 's' },
  land: { secret: 's' },
  dossier: { secret: 's' },
};

export const OWNER_KEY = generateKeyPairSync('ed25519')
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();

/** A folder of secrets with some files changed, or left out where null. */
export function writeSecrets(
  directory: string,
  changes: Readonly<Record<string, string | null>> = {},
  mode = 0o700,
): void {
  mkdirSync(directory, { recursive: true, mode });
  const files: Record<string, string | null> = {
    ...Object.fromEntries([...KEY_USES, 'checkpoint-one'].map((use) => [`${use}.k1.key`, GOOD_KEY])),
    'register-credentials.r1.json': JSON.stringify(CREDENTIALS),
    'owner-keys.o1.json': JSON.stringify({ land: [{ id: 'l1', publicKey: OWNER_KEY }] }),
    ...changes,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) writeFileSync(join(directory, name), content, { mode: 0o600 });
  }
}
