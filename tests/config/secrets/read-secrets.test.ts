import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY_USES } from '../../../src/config/secrets/key-rings.ts';
import { readSecrets } from '../../../src/config/secrets/read-secrets.ts';
import { GOOD_KEY, OWNER_KEY, writeSecrets } from './secrets-folder.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';

let folder = '';
let secrets = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-secrets-'));
  secrets = join(folder, 'secrets');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');

it('reads every ring and the credentials', () => {
  writeSecrets(secrets);
  const { secrets: read, faults } = readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS);
  expect(faults).toEqual([]);
  expect(read?.cacheMac.map(({ id, key }) => [id, key.length])).toEqual([['k1', 32]]);
  expect(read?.registers['population']).toHaveProperty('xRoadClient', 'VN/GOV/x');
});

it.each([
  [['k1', 'k2'], 'k2'],
  [['k9', 'k10', 'k2'], 'k10'],
  [['2026-02', '2026-11', '2025-12'], '2026-11'],
])('of %j the newest is %s, and all are accepted', (ids, newest) => {
  const keys = Object.fromEntries(ids.map((id, index) => [`log-seal.${id}.key`, keyOf(index + 1)]));
  writeSecrets(secrets, { 'log-seal.k1.key': null, ...keys });
  const ring = readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS).secrets?.logSeal ?? [];
  expect(ring[0]?.id).toBe(newest);
  expect(ring.map(({ id }) => id).sort()).toEqual(ids.toSorted());
  const at = ids.indexOf(newest);
  expect(ring[0]?.key.toString('base64')).toBe(keyOf(at + 1));
});

it('of credentials the newest are taken', () => {
  const newer = {
    population: { user: 'new', secret: 's', apiKey: 'k', xRoadClient: 'x' },
    business: { secret: 'new' },
    civilStatus: { secret: 's' },
    land: { secret: 's' },
    dossier: { secret: 's' },
  };
  writeSecrets(secrets, {
    'register-credentials.r9.json': '{}',
    'register-credentials.r10.json': JSON.stringify(newer),
  });
  const read = readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS).secrets;
  expect(read?.registers['business']).toEqual({ secret: 'new' });
});

describe('keys of register owners', () => {
  const owners = (content: object | string | null, mode: 'demo' | 'production' = 'production') => {
    writeSecrets(secrets, {
      'owner-keys.o1.json':
        content === null || typeof content === 'string' ? content : JSON.stringify(content),
    });
    return readSecrets(secrets, mode, 'one', DEFAULT_REGISTERS);
  };
  const der = OWNER_KEY.replaceAll(/-----.*-----|\n/g, '');

  it.each([
    ['PEM', OWNER_KEY],
    ['base64', der],
  ])('are read as %s', (_form, publicKey) => {
    const { secrets: read, faults } = owners({ land: [{ id: 'l1', publicKey }] });
    expect(faults).toEqual([]);
    expect(read?.ownerKeys?.get('land')?.get('l1')?.export({ type: 'spki', format: 'pem' })).toBe(OWNER_KEY);
  });

  it('may be missing in the demo only', () => {
    expect(owners(null, 'demo')).toMatchObject({ secrets: { ownerKeys: null }, faults: [] });
    expect(owners(null)).toEqual({ secrets: null, faults: ['SECRETS_DIR: no owner-keys.<id>.json'] });
  });

  it('are those of the newest file alone', () => {
    writeSecrets(secrets, {
      'owner-keys.o9.json': JSON.stringify({ land: [{ id: 'old', publicKey: der }] }),
      'owner-keys.o10.json': JSON.stringify({ land: [{ id: 'new', publicKey: der }] }),
    });
    const keys = readSecrets(secrets, 'production', 'one', DEFAULT_REGISTERS).secrets?.ownerKeys?.get('land');
    expect([...(keys?.keys() ?? [])]).toEqual(['new']);
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed448 = generateKeyPairSync('ed448').publicKey.export({ type: 'spki', format: 'pem' });
  const own = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  it.each<[string, object | string]>([
    ['no JSON', '{'],
    ['a list', []],
    ['no key', { land: [] }],
    ['a key without an id', { land: [{ publicKey: der }] }],
    ['a field too many', { land: [{ id: 'l1', publicKey: der, use: 'sig' }] }],
    [
      'an id twice',
      {
        land: [
          { id: 'l1', publicKey: der },
          { id: 'l1', publicKey: OWNER_KEY },
        ],
      },
    ],
    ['no key at all', { land: [{ id: 'l1', publicKey: 'MCow' }] }],
    ['a private key', { land: [{ id: 'l1', publicKey: own }] }],
    [
      'another curve',
      { land: [{ id: 'l1', publicKey: ec.publicKey.export({ type: 'spki', format: 'pem' }) }] },
    ],
    ['another Edwards curve', { land: [{ id: 'l1', publicKey: ed448 }] }],
  ])('with %s are a fault', (_name, content) => {
    for (const mode of ['demo', 'production'] as const) {
      expect(owners(content, mode)).toEqual({
        secrets: null,
        faults: ['SECRETS_DIR: owner-keys.o1.json does not hold Ed25519 public keys by register'],
      });
    }
  });
});

describe('faults', () => {
  const table: readonly (readonly [string, Record<string, string | null>, string])[] = [
    [
      'no credentials',
      { 'register-credentials.r1.json': null },
      'SECRETS_DIR: no register-credentials.<id>.json',
    ],
    ['short', { 'cache-mac.k2.key': Buffer.alloc(31).toString('base64') }, 'cache-mac.k2.key'],
    ['long', { 'cache-mac.k2.key': Buffer.alloc(33).toString('base64') }, 'cache-mac.k2.key'],
    ['empty', { 'log-seal.k0.key': '' }, 'log-seal.k0.key'],
    ['no base64', { 'log-seal.k0.key': `!${GOOD_KEY}` }, 'log-seal.k0.key'],
    ['hexadecimal', { 'log-seal.k0.key': Buffer.alloc(32, 7).toString('hex') }, 'log-seal.k0.key'],
    ['no JSON', { 'register-credentials.r1.json': '{' }, 'register-credentials.r1.json'],
    ['half', { 'register-credentials.r1.json': '{"land":{"secret":"s"}}' }, 'register-credentials.r1.json'],
  ];
  it.each(table)('%s', (_name, changes, fault) => {
    writeSecrets(secrets, changes);
    const read = readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS);
    expect(read.secrets).toBeNull();
    expect(read.faults.join('\n')).toContain(fault);
    expect(read.faults.join('\n')).not.toContain(GOOD_KEY);
  });

  it.each([...KEY_USES, 'checkpoint-one'])('no key for %s', (use) => {
    writeSecrets(secrets, { [`${use}.k1.key`]: null });
    expect(readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS)).toEqual({
      secrets: null,
      faults: [`SECRETS_DIR: no ${use}.<id>.key`],
    });
  });

  it('all at once', () => {
    mkdirSync(secrets, { mode: 0o700 });
    expect(readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS).faults).toHaveLength(KEY_USES.length + 2);
  });

  it('a folder in the place of a key', () => {
    writeSecrets(secrets, { 'cache-mac.k1.key': null });
    mkdirSync(join(secrets, 'cache-mac.k1.key'));
    expect(readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS).faults.join()).toContain(
      'cache-mac.k1.key',
    );
  });

  it.each([0o750, 0o705, 0o711, 0o777])('open to others (%o)', (mode) => {
    writeSecrets(secrets);
    chmodSync(secrets, mode);
    expect(readSecrets(secrets, 'demo', 'one', DEFAULT_REGISTERS).faults).toEqual([
      'SECRETS_DIR must be closed to others (mode 0700)',
    ]);
  });

  it('no folder', () => {
    expect(readSecrets(join(folder, 'absent'), 'demo', 'one', DEFAULT_REGISTERS).faults).toEqual([
      'SECRETS_DIR cannot be read',
    ]);
  });
});
