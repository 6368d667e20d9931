import { chmodSync, chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings } from '../../../src/config/settings/settings.ts';
import { startWarnings } from '../../../src/config/settings/start-warnings.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';
import { writeSecrets } from '../secrets/secrets-folder.ts';

let folder = '';
let secrets = '';
const KEY = 'cache-mac.k1.key';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-start-'));
  secrets = join(folder, 'secrets');
  writeSecrets(secrets);
  for (const name of ['data', 'agreements']) mkdirSync(join(folder, name), { mode: 0o700 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function warnings(changes: Readonly<Record<string, string>> = {}): readonly string[] {
  const environment = {
    ADMIN_PORT: '4001',
    DATA_DIR: join(folder, 'data'),
    INSTANCE_ID: 'one',
    SECRETS_DIR: secrets,
    AGREEMENTS_DIR: join(folder, 'agreements'),
    POPULATION_URL: 'https://population.example/',
    BUSINESS_URL: 'http://127.0.0.1:1/',
    LAND_URL: 'http://[::1]:1/',
    CIVIL_STATUS_URL: 'http://localhost/',
    DOSSIER_URL: 'https://dossier.example/',
    TOKEN_ISSUER: 'https://idp.example/',
    TOKEN_AUDIENCE: 'national-data-gateway',
    TOKEN_JWKS_URL: 'https://idp.example/jwks',
    ...changes,
  };
  const settings = readSettings(environment, 'production', DEFAULT_REGISTERS);
  return startWarnings(settings).map(({ setting, reason }) => `${setting} ${reason}`);
}

test('folders that are closed and addresses that are encrypted or local are not spoken of', () => {
  const files = warnings();
  expect(files.filter((line) => !line.startsWith('SECRETS_DIR/'))).toEqual([]);
});

test.each([
  ['data', 0o777, 'DATA_DIR open-to-others'],
  ['data', 0o755, 'DATA_DIR open-to-others'],
  ['agreements', 0o777, 'AGREEMENTS_DIR open-to-others'],
])('%s with mode %o is told', (name, mode, line) => {
  chmodSync(join(folder, name), mode);
  expect(warnings()).toContain(line);
});

test('a key file that others may read, that is a link or that is of another owner is told', () => {
  const file = join(secrets, KEY);
  chmodSync(file, 0o600);
  expect(warnings().filter((line) => line.includes(KEY))).toEqual([]);
  chmodSync(file, 0o644);
  expect(warnings()).toContain(`SECRETS_DIR/${KEY} open-to-others`);
  chmodSync(file, 0o600);
  renameSync(file, join(folder, 'elsewhere.key'));
  symlinkSync(join(folder, 'elsewhere.key'), file);
  expect(warnings().filter((line) => line.includes(KEY))).toEqual([`SECRETS_DIR/${KEY} link`]);
});

test.skipIf(process.getuid?.() !== 0)('a foreign owner of keys or data is told', () => {
  chownSync(join(secrets, KEY), 65_534, 65_534);
  chownSync(join(folder, 'data'), 65_534, 65_534);
  expect(warnings()).toEqual(
    expect.arrayContaining([`SECRETS_DIR/${KEY} foreign-owner`, 'DATA_DIR foreign-owner']),
  );
});

test.each([
  ['POPULATION_URL', 'http://population.internal/'],
  ['CIVIL_STATUS_URL', 'http://10.0.0.7:8080/'],
  ['DOSSIER_URL', 'http://dossier.internal/'],
  ['REDIS_URL', 'redis://redis.internal'],
  ['DATABASE_URL', 'postgres://db.internal/log'],
  ['DATABASE_URL', 'postgres://db.internal/log?sslmode=prefer'],
])('%s=%s is told: it is not encrypted', (name, url) => {
  expect(warnings({ [name]: url })).toContain(`${name} not-encrypted`);
});

test.each([
  ['REDIS_URL', 'rediss://redis.internal'],
  ['REDIS_URL', 'redis://127.0.0.1'],
  ['DATABASE_URL', 'postgres://db.internal/log?sslmode=verify-full'],
  ['DATABASE_URL', 'postgres:///log'],
])('%s=%s is not', (name, url) => {
  expect(warnings({ [name]: url })).not.toContain(`${name} not-encrypted`);
});
