import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SettingFaults } from '../../../src/config/settings/setting-faults.ts';
import { readSettings, type Settings } from '../../../src/config/settings/settings.ts';
import { AUTHORITY_CERT, CLIENT_CERT, CLIENT_KEY } from '../../support/servers/certificates.ts';
import { writeSecrets } from '../secrets/secrets-folder.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';

let folder = '';
let production: Record<string, string> = {};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-settings-'));
  writeSecrets(join(folder, 'secrets'));
  production = {
    ADMIN_PORT: '4001',
    DATA_DIR: join(folder, 'data'),
    INSTANCE_ID: 'one',
    SECRETS_DIR: join(folder, 'secrets'),
    AGREEMENTS_DIR: join(folder, 'agreements'),
    POPULATION_URL: 'https://population.example/',
    BUSINESS_URL: 'https://business.example/',
    LAND_URL: 'https://land.example/',
    CIVIL_STATUS_URL: 'https://civil.example/',
    DOSSIER_URL: 'http://dossier.internal:8080',
    TOKEN_ISSUER: 'https://idp.example/',
    TOKEN_AUDIENCE: 'national-data-gateway',
    TOKEN_JWKS_URL: 'https://idp.example/jwks',
  };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = [
  'ADMIN_PORT',
  'DATA_DIR',
  'INSTANCE_ID',
  'SECRETS_DIR',
  'AGREEMENTS_DIR',
  'POPULATION_URL',
  'BUSINESS_URL',
  'LAND_URL',
  'CIVIL_STATUS_URL',
  'DOSSIER_URL',
  'TOKEN_ISSUER',
  'TOKEN_AUDIENCE',
  'TOKEN_JWKS_URL',
] as const;

function faultsOf(changes: Record<string, string | undefined>, mode: Settings['mode'] = 'production') {
  try {
    readSettings({ ...production, ...changes }, mode, DEFAULT_REGISTERS);
    return [];
  } catch (error) {
    if (error instanceof SettingFaults) return error.faults;
    throw error;
  }
}

/** The names at the head of each fault. */
const namesIn = (faults: readonly string[]) => faults.map((fault) => fault.split(/[ :]/, 1)[0]).sort();

it('reads a complete production environment, with defaults for what may be absent', () => {
  expect(readSettings(production, 'production', DEFAULT_REGISTERS)).toMatchObject({
    mode: 'production',
    port: 4_000,
    host: '127.0.0.1',
    adminPort: 4_001,
    redisUrl: null,
    agreementLeases: 'folder',
    logLevel: 'info',
    sharesCalls: true,
    cachesRecords: true,
  });
});

describe('production without', () => {
  it.each(NAMES)('%s', (name) => {
    for (const value of [undefined, '', '   ']) {
      expect(namesIn(faultsOf({ [name]: value }))).toEqual([name]);
    }
  });

  it.each(NAMES)('anything but %s: every other one is named', (name) => {
    const absent = Object.fromEntries(NAMES.map((one) => [one, undefined]));
    const faults = faultsOf({ ...absent, [name]: production[name] });
    expect(namesIn(faults)).toEqual(NAMES.filter((one) => one !== name).toSorted());
  });

  it('anything: one message with every name', () => {
    const error = (() => {
      try {
        return readSettings({}, 'production', DEFAULT_REGISTERS);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toBeInstanceOf(SettingFaults);
    for (const name of NAMES) expect(String(error)).toContain(`${name} is not set`);
  });
});

describe('the demo', () => {
  it.each(['TOKEN_ISSUER', 'TOKEN_AUDIENCE', 'TOKEN_JWKS_URL'])('stops without %s only', (name) => {
    expect(namesIn(faultsOf({ [name]: undefined }, 'demo'))).toEqual([name]);
  });

  it('listens on loopback only', () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'gateway.example', '127.0.0.1.example', '127.1']) {
      expect(namesIn(faultsOf({ HOST: host }, 'demo'))).toEqual(['HOST']);
    }
    for (const host of ['127.0.0.1', '127.0.0.2', '::1', 'localhost']) {
      expect(faultsOf({ HOST: host }, 'demo')).toEqual([]);
    }
  });

  it('may use the demo’s issuer, production may not', () => {
    for (const issuer of [
      'https://idp.demo.invalid/',
      'https://IDP.Demo.INVALID/',
      'https://idp.demo.invalid',
      'http://idp.demo.invalid/',
    ]) {
      expect(namesIn(faultsOf({ TOKEN_ISSUER: issuer }))).toContain('TOKEN_ISSUER');
    }
    expect(faultsOf({ TOKEN_ISSUER: 'https://idp.demo.invalid/' }, 'demo')).toEqual([]);
  });
});

describe('values', () => {
  const bad: readonly (readonly [string, string])[] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '4000.5'],
    ['PORT', '0x10'],
    ['PORT', 'http'],
    ['PORT', '1e3'],
    ['ADMIN_PORT', '99999'],
    ['LOG_LEVEL', 'trace'],
    ['LOG_LEVEL', 'INFO'],
    ['SHARED_CALLS', 'yes'],
    ['RECORD_CACHE', '0'],
    ['AGREEMENT_LEASES', 'both'],
    ['AGREEMENT_LEASES', 'redis'],
    ['INSTANCE_ID', '../other'],
    ['INSTANCE_ID', '-x'],
    ['INSTANCE_ID', 'i'.repeat(64)],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'localhost:6379'],
    ['POPULATION_URL', 'population.example'],
    ['BUSINESS_URL', 'file:///etc/passwd'],
    ['LAND_URL', 'ftp://land.example/'],
    ['CIVIL_STATUS_URL', '//civil.example'],
    ['DOSSIER_URL', 'javascript:0'],
    ['TOKEN_ISSUER', 'http://idp.example/'],
    ['TOKEN_ISSUER', 'idp'],
    ['TOKEN_JWKS_URL', 'http://idp.example/jwks'],
    ['TOKEN_JWKS_URL', 'http://127.0.0.1.example/jwks'],
    ['TOKEN_JWKS_URL', 'http://127.0.0.1@idp.example/jwks'],
    ['TOKEN_JWKS_URL', 'data:application/json,{}'],
  ];
  it.each(bad)('%s=%s is a fault', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(namesIn(faults)).toEqual([name]);
    // A password may stand in a URL, and faults go to a terminal or a log.
    expect(name.endsWith('_URL') ? faults.join() : '').not.toContain(value);
  });

  const good: readonly (readonly [string, string])[] = [
    ['PORT', '0'],
    ['PORT', ' 8080 '],
    ['TOKEN_JWKS_URL', 'http://127.0.0.1:9/jwks'],
    ['TOKEN_JWKS_URL', 'http://[::1]:9/jwks'],
    ['TOKEN_ISSUER', 'http://localhost:9/'],
    ['REDIS_URL', 'rediss://:secret@redis.internal:6380'],
    ['LOG_LEVEL', 'silent'],
    ['AGREEMENT_LEASES', 'folder'],
  ];
  it.each(good)('%s=%s is good', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([]);
  });

  it('leases that need Redis go with a Redis', () => {
    const leases = { AGREEMENT_LEASES: 'redis', REDIS_URL: 'redis://127.0.0.1:6379' };
    expect(faultsOf(leases)).toEqual([]);
    expect(faultsOf({ AGREEMENT_LEASES: 'redis' })).toEqual([
      'AGREEMENT_LEASES is redis, but REDIS_URL is not set',
    ]);
  });

  it('all faults are told at once, those of the secrets too', () => {
    const secrets = join(folder, 'half');
    writeSecrets(secrets, { 'log-seal.k1.key': null });
    const faults = faultsOf({ PORT: 'x', LAND_URL: 'x', TOKEN_AUDIENCE: '', SECRETS_DIR: secrets });
    expect(namesIn(faults)).toEqual(['LAND_URL', 'PORT', 'SECRETS_DIR', 'TOKEN_AUDIENCE']);
    expect(faults).toContain('SECRETS_DIR: no log-seal.<id>.key');
  });
});

describe('SECRETS_DIR', () => {
  it('must not lie inside DATA_DIR, however that is spelt', () => {
    const inside = join(folder, 'data', 'secrets');
    mkdirSync(join(folder, 'data'));
    writeSecrets(inside);
    writeSecrets(join(folder, 'data', '..secrets'));
    symlinkSync(inside, join(folder, 'link'));
    for (const path of [
      inside,
      `${folder}/secrets/../data/secrets`,
      join(folder, 'data', '..secrets'),
      join(folder, 'link'),
    ]) {
      expect(faultsOf({ SECRETS_DIR: path })).toEqual(['SECRETS_DIR must not lie inside DATA_DIR']);
    }
    expect(faultsOf({ DATA_DIR: production['SECRETS_DIR'] })).toEqual([
      'SECRETS_DIR must not lie inside DATA_DIR',
    ]);
    expect(faultsOf({ AGREEMENTS_DIR: production['SECRETS_DIR'] })).toEqual([
      'SECRETS_DIR must not lie inside AGREEMENTS_DIR',
    ]);
  });

  it('may lie beside it, under a name that begins alike', () => {
    const beside = join(folder, 'data-secrets');
    writeSecrets(beside);
    expect(faultsOf({ SECRETS_DIR: beside })).toEqual([]);
  });
});

describe('certificates for the registers', () => {
  const files = (): Record<string, string> => {
    writeFileSync(join(folder, 'ca.pem'), AUTHORITY_CERT);
    writeFileSync(join(folder, 'cert.pem'), CLIENT_CERT);
    writeFileSync(join(folder, 'key.pem'), CLIENT_KEY, { mode: 0o600 });
    writeFileSync(join(folder, 'none.pem'), 'none');
    return {
      REGISTER_CA: join(folder, 'ca.pem'),
      REGISTER_CLIENT_CERT: join(folder, 'cert.pem'),
      REGISTER_CLIENT_KEY: join(folder, 'key.pem'),
    };
  };

  it('are read from their files', () => {
    const { registerTls } = readSettings({ ...production, ...files() }, 'production', DEFAULT_REGISTERS);
    expect(registerTls).toEqual({ ca: AUTHORITY_CERT, cert: CLIENT_CERT, key: CLIENT_KEY });
    const without = readSettings(production, 'production', DEFAULT_REGISTERS).registerTls;
    expect(without).toEqual({ ca: null, cert: null, key: null });
  });

  it.each([
    ['REGISTER_CA', 'absent.pem', 'REGISTER_CA names a file that cannot be read'],
    ['REGISTER_CA', 'none.pem', 'REGISTER_CA is no certificate in PEM'],
    ['REGISTER_CLIENT_KEY', '', 'REGISTER_CLIENT_CERT and REGISTER_CLIENT_KEY go together'],
    [
      'REGISTER_CLIENT_CERT',
      'ca.pem',
      'REGISTER_CLIENT_CERT and REGISTER_CLIENT_KEY are no certificate in PEM and its key',
    ],
  ])('%s=%s stops the start', (name, file, fault) => {
    expect(faultsOf({ ...files(), [name]: file === '' ? '' : join(folder, file) })).toEqual([fault]);
  });
});
