import { createPrivateKey, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import type { RegisterName } from '../../src/registers.ts';

/** The claims of a change notice. */
export interface NoticeClaims {
  readonly jti?: string;
  readonly seq: number;
  readonly kind: string;
  readonly keys: readonly string[];
  readonly change: string;
}

/** A change notice as the register sends it: a compact JWS with ES256, signed with the demo's key in SECRETS_DIR. */
export function signNotice(
  secretsDirectory: string,
  register: RegisterName,
  { jti = randomUUID(), ...claims }: NoticeClaims,
): Promise<string> {
  const file = readdirSync(secretsDirectory).find(
    (name) => name.startsWith(`notice-${register}.`) && name.endsWith('.pem'),
  );
  if (file === undefined) return Promise.reject(new Error(`There is no key notice-${register}.`));
  const key = createPrivateKey(readFileSync(join(secretsDirectory, file)));
  return new CompactSign(Buffer.from(JSON.stringify({ jti, ...claims })))
    .setProtectedHeader({ alg: 'ES256' })
    .sign(key);
}
