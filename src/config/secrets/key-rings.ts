import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A key, and the id by which its products can be found again after a rotation. */
export interface SecretKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Keys of one use, newest first: the first one seals or signs, and all are accepted. */
export type KeyRing = readonly [SecretKey, ...SecretKey[]];

/**
 * Uses of keys, which are prefixes of file names: `<use>.<id>.key` holds 32 bytes in base64. Ids are sorted with their
 * numbers by value (`k10` after `k9`); the last one is the newest.
 */
export const KEY_USES = ['cache-mac', 'cache-seal', 'log-seal', 'log-search'] as const;
/** A use of keys; checkpoint keys belong to one instance. */
export type KeyUse = (typeof KEY_USES)[number] | `checkpoint-${string}`;

const BY_ID = new Intl.Collator('en', { numeric: true });

/** True where the key of the first id was made before the key of the other. */
export function isOlderKey(id: string, other: string): boolean {
  return BY_ID.compare(id, other) < 0;
}

/** The opened SECRETS_DIR. */
export interface KeyFolder {
  /** Names of all files, sorted by id. */
  readonly files: readonly string[];
  /** Reads the keys of one use. Gives null, and adds a fault, where there is none or a file holds no key. */
  ring(use: KeyUse): KeyRing | null;
}

/**
 * Opens a folder that only its owner may enter, with a file for each key. Gives null, and adds a fault, where it cannot
 * be read.
 */
export function openKeyFolder(directory: string, faults: string[]): KeyFolder | null {
  let files: readonly string[] = [];
  try {
    const { mode: permissions } = statSync(directory);
    if ((permissions & 0o077) !== 0) faults.push('SECRETS_DIR must be closed to others (mode 0700)');
    files = readdirSync(directory).toSorted((one, other) => BY_ID.compare(one, other));
  } catch {
    faults.push('SECRETS_DIR cannot be read');
    return null;
  }
  return {
    files,
    ring(use) {
      const keys = files
        .flatMap((file): SecretKey[] => {
          const id = new RegExp(`^${use}\\.([A-Za-z0-9-]{1,32})\\.key$`).exec(file)?.[1];
          if (id === undefined) return [];
          const key = readKey(join(directory, file));
          if (key?.length !== 32) {
            faults.push(`SECRETS_DIR: ${file} does not hold 32 bytes in base64`);
            return [];
          }
          return [{ id, key }];
        })
        .toReversed();
      const [newest, ...older] = keys;
      if (!newest) {
        faults.push(`SECRETS_DIR: no ${use}.<id>.key`);
        return null;
      }
      return [newest, ...older];
    },
  };
}

/** Reads one key; undefined where the file cannot be read or holds anything but canonical base64. */
function readKey(path: string): Buffer | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    const key = Buffer.from(text, 'base64');
    return key.toString('base64') === text ? key : undefined;
  } catch {
    return undefined;
  }
}
