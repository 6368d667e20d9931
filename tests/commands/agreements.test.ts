import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['src/commands/agreements.ts', ...args], { encoding: 'utf8' });
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

test.each([
  [[]],
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
  expect(stderr).toContain('Usage: agreements check DIR');
  expect(stderr).not.toContain('    at ');
});
