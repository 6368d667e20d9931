import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KeyRing } from '../../src/config/secrets/key-rings.ts';
import type { TestStore } from '../access-log/support/test-stores.ts';
import { KEYS } from '../access-log/support/example-record.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Subcommands of `ndg` by the short names that npm scripts give them. */
const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  'archive-log': ['log', 'archive'],
  'backup-log': ['log', 'backup'],
  'export-log': ['log', 'export'],
  'log-keys': ['log', 'keys'],
  'migrate-log': ['log', 'migrate'],
  'restore-log': ['log', 'restore'],
  'verify-log': ['log', 'verify'],
  reconcile: ['log', 'reconcile'],
  witness: ['witness'],
};

/** `ndg` with that subcommand and environment and nothing else, to its end. */
export function runLogCommand(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/commands/ndg.ts', ...(SUBCOMMANDS[name] ?? [name]), ...args],
    {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 60_000,
      env: { PATH: process.env['PATH'] ?? '', ENV_FILE: 'off', ...environment },
    },
  );
  return { status, stdout, stderr };
}

/** DATA_DIR or DATABASE_URL of a test's store. */
export function environmentOf({ settings }: TestStore): Readonly<Record<string, string>> {
  return settings.kind === 'sqlite' ? { DATA_DIR: settings.directory } : { DATABASE_URL: settings.url };
}

/** A folder of its own, gone when the test ends. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** SECRETS_DIR with the log's keys alone: of the instance that the tests' log is of. */
export function secretsFolder(
  sealKeys: KeyRing = KEYS.sealKeys,
  checkpointKeys: KeyRing = KEYS.checkpointKeys,
): string {
  const folder = join(ownFolder(), 'secrets');
  mkdirSync(folder, { mode: 0o700 });
  const write = (use: string, ring: KeyRing): void => {
    for (const { id, key } of ring) {
      writeFileSync(join(folder, `${use}.${id}.key`), `${key.toString('base64')}\n`, { mode: 0o600 });
    }
  };
  write('log-seal', sealKeys);
  write('checkpoint-gateway-1', checkpointKeys);
  return folder;
}
