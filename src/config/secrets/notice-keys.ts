import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterName } from '../../registers.ts';

/** Public keys by which registers' change notices are verified, by register; without a key no notice of it is believed. */
export type NoticeKeys = ReadonlyMap<RegisterName, readonly KeyObject[]>;

/**
 * Reads `notice-<register>.<id>.pem`: keys on the curve P-256. Of a private key, with which the demo's mocks sign, only the public half
 * is kept. A forged notice makes answers slower and never wrong, so that such a key does not stop a start.
 */
export function readNoticeKeys(
  directory: string,
  files: readonly string[],
  registers: readonly { readonly name: RegisterName }[],
  faults: string[],
): NoticeKeys {
  const keysOf = (register: RegisterName): readonly KeyObject[] =>
    files
      .filter((file) => new RegExp(`^notice-${register}\\.[A-Za-z0-9-]{1,32}\\.pem$`).test(file))
      .flatMap((file) => {
        const key = readKey(join(directory, file));
        if (key) return [key];
        faults.push(`SECRETS_DIR: ${file} does not hold a key on the curve P-256 in PEM`);
        return [];
      });
  return new Map(registers.map(({ name }) => [name, keysOf(name)]));
}

function readKey(path: string): KeyObject | null {
  try {
    const key = createPublicKey(readFileSync(path, 'utf8'));
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}
