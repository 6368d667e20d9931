import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSecrets } from '../../src/config/secrets/read-secrets.ts';
import { readSettings } from '../../src/config/settings/settings.ts';
import { fillEnvironment, prepareDemo } from '../../mocks/demo.ts';
import { gatewaySettings } from '../../mocks/settings.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';

const URLS = {
  population: 'http://127.0.0.1:1',
  business: 'http://127.0.0.1:2',
  land: 'http://127.0.0.1:3',
  'civil-status': 'http://127.0.0.1:4',
  identityProvider: 'http://127.0.0.1:5',
  dossier: 'http://127.0.0.1:6',
};
const MOCKED = gatewaySettings(URLS);

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-demo-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const folders = () => ({ DATA_DIR: join(folder, 'data'), SECRETS_DIR: join(folder, 'secrets') });

it('fills in whatever is absent, with good secrets of its own', async () => {
  const filled = await fillEnvironment(folders(), URLS);
  expect(filled).toMatchObject(MOCKED);
  expect(readSettings(filled, 'demo', DEFAULT_REGISTERS).mode).toBe('demo');
  const { SECRETS_DIR } = folders();
  expect(readSecrets(SECRETS_DIR, 'demo', 'demo', DEFAULT_REGISTERS).faults).toEqual([]);
  expect(statSync(SECRETS_DIR).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(SECRETS_DIR)) {
    expect(statSync(join(SECRETS_DIR, file)).mode & 0o777).toBe(0o600);
  }
});

it('makes secrets once: the next start finds the same', async () => {
  const { SECRETS_DIR } = folders();
  const contents = () =>
    readdirSync(SECRETS_DIR).map((file) => readFileSync(join(SECRETS_DIR, file), 'utf8'));
  await fillEnvironment(folders(), URLS);
  const first = contents();
  await fillEnvironment(folders(), URLS);
  expect(contents()).toEqual(first);
  expect(new Set(first).size).toBe(first.length);
});

it.each(['POPULATION_URL', 'BUSINESS_URL', 'LAND_URL', 'CIVIL_STATUS_URL', 'DOSSIER_URL'])(
  'a real %s may stand alone',
  async (name) => {
    const real = 'https://register.example/';
    const filled = await fillEnvironment({ ...folders(), [name]: real }, URLS);
    expect(filled).toMatchObject({ ...MOCKED, [name]: real });
    expect(() => readSettings(filled, 'demo', DEFAULT_REGISTERS)).not.toThrow();
  },
);

it.each([
  [['TOKEN_ISSUER']],
  [['TOKEN_AUDIENCE']],
  [['TOKEN_JWKS_URL']],
  [['TOKEN_ISSUER', 'TOKEN_AUDIENCE']],
  [['TOKEN_AUDIENCE', 'TOKEN_JWKS_URL']],
])('of the token settings %j alone are not completed, and stop the start', async (names) => {
  const given = Object.fromEntries(names.map((name) => [name, 'https://idp.example/']));
  const filled = await fillEnvironment({ ...folders(), ...given }, URLS);
  expect(() => readSettings(filled, 'demo', DEFAULT_REGISTERS)).toThrow('go together');
});

it('an empty setting is an absent one', async () => {
  const filled = await fillEnvironment({ ...folders(), LAND_URL: ' ', TOKEN_ISSUER: '' }, URLS);
  expect(filled).toMatchObject(MOCKED);
});

it.each(['many', '0', '-1', '9999', '100000001', '1e6'])(
  'MOCKS_PERSONS=%s stops the start',
  async (persons) => {
    await expect(prepareDemo({ ...folders(), MOCKS_PERSONS: persons })).rejects.toThrow(
      'MOCKS_PERSONS is not a number from 10000 to 100000000.',
    );
  },
);

it.each(['soon', '0', '65531', '70000'])('MOCKS_PORT=%s stops the start', async (port) => {
  await expect(prepareDemo({ ...folders(), MOCKS_PORT: port })).rejects.toThrow(
    'MOCKS_PORT is not a port between 1 and 65530.',
  );
});
