import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterName } from '../../registers.ts';

/** Public keys by which registers' change notices are verified, by register; without a key no notice of it is believed. */
export type NoticeKeys = ReadonlyMap<RegisterName, readonly KeyObject[]>;

/**
 * Reads `notice-<register>.<id>.pem`: keys on the curve P-256. Production takes public keys alone: with a private one the gateway
 * could forge what it is to verify. The demo's mocks sign with the private key that lies there.
 */
export function readNoticeKeys(
  directory: string,
  files: readonly string[],
  mode: 'demo' | 'production',
  registers: readonly { readonly name: RegisterName }[],
  faults: string[],
): NoticeKeys {
  const keysOf = (register: RegisterName): readonly KeyObject[] =>
    files
      .filter((file) => new RegExp(`^notice-${register}\\.[A-Za-z0-9-]{1,32}\\.pem$`).test(file))
      .flatMap((file) => {
        const key = readKey(join(directory, file), mode);
        if (key) return [key];
        faults.push(`SECRETS_DIR: ${file} does not hold a public key on the curve P-256 in PEM`);
        return [];
      });
  return new Map(registers.map(({ name }) => [name, keysOf(name)]));
}

function readKey(path: string, mode: 'demo' | 'production'): KeyObject | null {
  try {
    const text = readFileSync(path, 'utf8');
    if (mode === 'production' && text.includes('PRIVATE KEY')) return null;
    const key = createPublicKey(text);
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}
