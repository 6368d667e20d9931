import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseOwnerKeys, type OwnerKeys } from './owner-keys.ts';

/** A key with the id under which what it made can be found again after a rotation. */
export interface SecretKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Newest first: the first makes, all are accepted. */
export type KeyRing = readonly [SecretKey, ...SecretKey[]];

export interface Secrets {
  readonly cacheMac: KeyRing;
  readonly cacheSeal: KeyRing;
  readonly logSeal: KeyRing;
  readonly registers: RegisterCredentials;
  /** Who may sign agreements. Null only in the demo, whose agreements nobody signs. */
  readonly ownerKeys: OwnerKeys | null;
}

const secret = z.strictObject({ secret: z.string().min(1) });
const registerCredentials = z.strictObject({
  population: z.strictObject({
    user: z.string().min(1),
    secret: z.string().min(1),
    apiKey: z.string().min(1),
    xRoadClient: z.string().min(1),
  }),
  business: secret,
  civilStatus: secret,
  land: secret,
  dossier: secret,
});
export type RegisterCredentials = z.infer<typeof registerCredentials>;

/**
 * File name prefixes: `<use>.<id>.key` holds 32 bytes in base64; ids sort, numbers in them by value (`k10` after
 * `k9`), the last one is the newest.
 */
export const KEY_USES = ['cache-mac', 'cache-seal', 'log-seal'] as const;
export type KeyUse = (typeof KEY_USES)[number];
const BY_ID = new Intl.Collator('en', { numeric: true });
const CREDENTIALS_FILE = /^register-credentials\.([A-Za-z0-9-]+)\.json$/;
const OWNER_KEYS_FILE = /^owner-keys\.([A-Za-z0-9-]+)\.json$/;

/**
 * Reads SECRETS_DIR: a folder that only its owner may enter, one file a key. Faults are returned, not thrown, so that
 * they are reported beside those of the settings. Only the demo goes without owners' keys.
 */
export function readSecrets(
  directory: string,
  mode: 'demo' | 'production',
): {
  readonly secrets: Secrets | null;
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  let files: readonly string[] = [];
  try {
    const { mode: permissions } = statSync(directory);
    if ((permissions & 0o077) !== 0) faults.push('SECRETS_DIR must be closed to others (mode 0700)');
    files = readdirSync(directory).toSorted((one, other) => BY_ID.compare(one, other));
  } catch {
    return { secrets: null, faults: ['SECRETS_DIR cannot be read'] };
  }
  const ring = (use: KeyUse): KeyRing | null => {
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
  };
  const cacheMac = ring('cache-mac');
  const cacheSeal = ring('cache-seal');
  const logSeal = ring('log-seal');
  const registers = readCredentials(directory, files, faults);
  const ownerKeys = readOwnerKeys(directory, files, mode, faults);
  if (!cacheMac || !cacheSeal || !logSeal || !registers || faults.length > 0) {
    return { secrets: null, faults };
  }
  return { secrets: { cacheMac, cacheSeal, logSeal, registers, ownerKeys }, faults };
}

/** Undefined where the file cannot be read or holds anything but canonical base64. */
function readKey(path: string): Buffer | undefined {
  try {
    const text = readFileSync(path, 'utf8').trim();
    const key = Buffer.from(text, 'base64');
    return key.toString('base64') === text ? key : undefined;
  } catch {
    return undefined;
  }
}

function readCredentials(
  directory: string,
  files: readonly string[],
  faults: string[],
): RegisterCredentials | null {
  const file = files.findLast((name) => CREDENTIALS_FILE.test(name));
  if (file === undefined) {
    faults.push('SECRETS_DIR: no register-credentials.<id>.json');
    return null;
  }
  try {
    return registerCredentials.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
  } catch {
    faults.push(`SECRETS_DIR: ${file} does not have the shape of register credentials`);
    return null;
  }
}

/** Beside the other secrets, never in AGREEMENTS_DIR: whoever may write agreements must not choose who signs them. */
function readOwnerKeys(
  directory: string,
  files: readonly string[],
  mode: 'demo' | 'production',
  faults: string[],
): OwnerKeys | null {
  const file = files.findLast((name) => OWNER_KEYS_FILE.test(name));
  if (file === undefined) {
    if (mode === 'production') faults.push('SECRETS_DIR: no owner-keys.<id>.json');
    return null;
  }
  let keys: OwnerKeys | null = null;
  try {
    keys = parseOwnerKeys(readFileSync(join(directory, file), 'utf8'));
  } catch {
    // Reported below, as a file of the wrong shape is.
  }
  if (!keys) faults.push(`SECRETS_DIR: ${file} does not hold Ed25519 public keys by register`);
  return keys;
}
