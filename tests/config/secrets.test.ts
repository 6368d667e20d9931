import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEY_USES, readSecrets } from '../../src/config/secrets.ts';
import { GOOD_KEY, writeSecrets } from './secrets-folder.ts';

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
  const { secrets: read, faults } = readSecrets(secrets);
  expect(faults).toEqual([]);
  expect(read?.cacheMac.map(({ id, key }) => [id, key.length])).toEqual([['k1', 32]]);
  expect(read?.registers.population.xRoadClient).toBe('VN/GOV/x');
});

it.each([
  [['k1', 'k2'], 'k2'],
  [['k9', 'k10', 'k2'], 'k10'],
  [['2026-02', '2026-11', '2025-12'], '2026-11'],
])('of %j the newest is %s, and all are accepted', (ids, newest) => {
  const keys = Object.fromEntries(ids.map((id, index) => [`log-seal.${id}.key`, keyOf(index + 1)]));
  writeSecrets(secrets, { 'log-seal.k1.key': null, ...keys });
  const ring = readSecrets(secrets).secrets?.logSeal ?? [];
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
  expect(readSecrets(secrets).secrets?.registers.business.secret).toBe('new');
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
    const read = readSecrets(secrets);
    expect(read.secrets).toBeNull();
    expect(read.faults.join('\n')).toContain(fault);
    expect(read.faults.join('\n')).not.toContain(GOOD_KEY);
  });

  it.each(KEY_USES)('no key for %s', (use) => {
    writeSecrets(secrets, { [`${use}.k1.key`]: null });
    expect(readSecrets(secrets)).toEqual({ secrets: null, faults: [`SECRETS_DIR: no ${use}.<id>.key`] });
  });

  it('all at once', () => {
    mkdirSync(secrets, { mode: 0o700 });
    expect(readSecrets(secrets).faults).toHaveLength(KEY_USES.length + 1);
  });

  it('a folder in the place of a key', () => {
    writeSecrets(secrets, { 'cache-mac.k1.key': null });
    mkdirSync(join(secrets, 'cache-mac.k1.key'));
    expect(readSecrets(secrets).faults.join()).toContain('cache-mac.k1.key');
  });

  it.each([0o750, 0o705, 0o711, 0o777])('open to others (%o)', (mode) => {
    writeSecrets(secrets);
    chmodSync(secrets, mode);
    expect(readSecrets(secrets).faults).toEqual(['SECRETS_DIR must be closed to others (mode 0700)']);
  });

  it('no folder', () => {
    expect(readSecrets(join(folder, 'absent')).faults).toEqual(['SECRETS_DIR cannot be read']);
  });
});
