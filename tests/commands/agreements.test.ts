import { spawnSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseOwnerKeys } from '../../src/config/secrets/owner-keys.ts';

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['src/commands/ndg.ts', 'agreements', ...args], { encoding: 'utf8' });
}

test('prints what was asked for and nothing else', () => {
  const { status, stdout, stderr } = run('check', 'mocks/agreements');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^asset-inspection version \d+: inspection, inspectorate$/m);
});

test('ends with 1 where something is wrong with what was given', () => {
  const { status, stdout, stderr } = run('check', 'mocks/nowhere');
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: 'mocks/nowhere cannot be read.\n',
  });
});

test('keygen ends with the line that goes into owner-keys, and is a key file as a whole', () => {
  const { status, stdout } = run('keygen', '--key-id', 'p1');
  const last: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  const owners = parseOwnerKeys(JSON.stringify({ population: [last] }));
  expect({ status, ids: [...(owners?.get('population')?.keys() ?? [])] }).toEqual({ status: 0, ids: ['p1'] });
  const own = createPublicKey(createPrivateKey(stdout));
  expect(owners?.get('population')?.get('p1')?.equals(own)).toBe(true);
});

test.each([
  [[]],
  [['keygen', '--key-id', 'a b']],
  [['chec']],
  [['constructor']],
  [['check']],
  [['check', 'a', 'b']],
  [['check', 'a', '--owner-key', 'x']],
  [['sign', 'a.yaml', '--register', 'land']],
  [['diff', 'a']],
  [['diff', 'a', 'b', 'c']],
  [['show']],
  [['show', 'one']],
])('%j ends with 2, an empty stdout and the usage', (args: readonly string[]) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: ndg agreements');
  expect(stderr).not.toContain('    at ');
});
