import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openKeyFolder, type KeyRing } from './key-rings.ts';
import { credentialNameOf, type RegisterName } from '../../registers.ts';
import { readNoticeKeys, type NoticeKeys } from './notice-keys.ts';
import { parseOwnerKeys, type OwnerKeys } from './owner-keys.ts';

/** Everything that SECRETS_DIR holds. */
export interface Secrets {
  readonly cacheMac: KeyRing;
  readonly cacheSeal: KeyRing;
  readonly logSeal: KeyRing;
  /** Hashes subjects, so that the entries about one can be found. */
  readonly logSearch: KeyRing;
  /** Seeds of this instance's checkpoint keys (Ed25519). */
  readonly checkpoint: KeyRing;
  readonly registers: RegisterCredentials;
  readonly dossier: z.infer<typeof dossierCredentials>;
  /** Public keys of the registers that may send change notices. */
  readonly noticeKeys: NoticeKeys;
  /** Public keys of the owners who may sign agreements. Null only in the demo, whose agreements nobody signs. */
  readonly ownerKeys: OwnerKeys | null;
}

/** A register by its name and the shape of its credentials; the descriptors of src/sources are such. */
export interface CredentialShape {
  readonly name: RegisterName;
  readonly credentials: z.ZodType;
}

/** Credentials of each register, by its property in the credentials file; the register's own shape checks them. */
export type RegisterCredentials = Readonly<Record<string, unknown>>;

const dossierCredentials = z.strictObject({ secret: z.string().min(1) });

const CREDENTIALS_FILE = /^register-credentials\.([A-Za-z0-9-]+)\.json$/;
const OWNER_KEYS_FILE = /^owner-keys\.([A-Za-z0-9-]+)\.json$/;

/**
 * Reads SECRETS_DIR, a folder that only its owner may enter, with a file for each key and the checkpoint keys of this
 * instance. Faults are returned and not thrown, so that they are reported beside those of the settings. Only the demo
 * may lack owners' keys.
 */
export function readSecrets(
  directory: string,
  mode: 'demo' | 'production',
  instanceId: string,
  registerShapes: readonly CredentialShape[],
): {
  readonly secrets: Secrets | null;
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const folder = openKeyFolder(directory, faults);
  if (!folder) return { secrets: null, faults };
  const { files, ring } = folder;
  const cacheMac = ring('cache-mac');
  const cacheSeal = ring('cache-seal');
  const logSeal = ring('log-seal');
  const logSearch = ring('log-search');
  // Without INSTANCE_ID no file can be looked for; its absence is a fault of its own.
  const checkpoint = instanceId === '' ? null : ring(`checkpoint-${instanceId}`);
  const credentials = readCredentials(directory, files, registerShapes, faults);
  const ownerKeys = readOwnerKeys(directory, files, mode, faults);
  const noticeKeys = readNoticeKeys(directory, files, registerShapes, faults);
  const isComplete = cacheMac && cacheSeal && logSeal && logSearch && checkpoint && credentials;
  if (!isComplete || faults.length > 0) return { secrets: null, faults };
  return {
    secrets: { cacheMac, cacheSeal, logSeal, logSearch, checkpoint, ...credentials, noticeKeys, ownerKeys },
    faults,
  };
}

/** One file holds the credentials of all registers and of the dossier service, and nothing else. */
function readCredentials(
  directory: string,
  files: readonly string[],
  registerShapes: readonly CredentialShape[],
  faults: string[],
): Pick<Secrets, 'registers' | 'dossier'> | null {
  const file = files.findLast((name) => CREDENTIALS_FILE.test(name));
  if (file === undefined) {
    faults.push('SECRETS_DIR: no register-credentials.<id>.json');
    return null;
  }
  try {
    const shapes = registerShapes.map(({ name, credentials }) => [credentialNameOf(name), credentials]);
    const shape = z.strictObject({ ...Object.fromEntries(shapes), dossier: dossierCredentials });
    const { dossier, ...registers } = shape.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
    return { registers, dossier: dossierCredentials.parse(dossier) };
  } catch {
    faults.push(`SECRETS_DIR: ${file} does not have the shape of register credentials`);
    return null;
  }
}

/**
 * Owners' keys are kept beside the secrets and not in AGREEMENTS_DIR: a person who may write agreements must not choose
 * who signs them.
 */
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
    // An unreadable file is reported below, as a file of the wrong shape is.
  }
  if (!keys) faults.push(`SECRETS_DIR: ${file} does not hold Ed25519 public keys by register`);
  return keys;
}
