import { spawnSync } from 'node:child_process';

import jsonwebtoken from 'jsonwebtoken';
import { expect, test } from 'vitest';

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['src/commands/ndg.ts', 'token', ...args], { encoding: 'utf8' });
}

test.each([
  [
    ['--client', 'inspectorate', '--officer', 'officer.an', '--ttl', '60'],
    'inspectorate',
    'officer.an',
    60,
    'agency',
  ],
  [['--client', 'population-owner'], 'population-owner', 'population-owner', 3600, 'owner'],
  [['--citizen', '001190912345'], 'vneid', '001190912345', 3600, 'citizen'],
])('%j prints one token and nothing else', (args, client, sub, ttl, scope) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const claims = jsonwebtoken.decode(stdout.trim()) as jsonwebtoken.JwtPayload;
  expect(claims).toMatchObject({ client_id: client, sub, scope });
  expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(ttl);
});

test.each([
  [[]],
  [['--client', 'nobody']],
  [['--client', 'auditor', '--ttl', '3601']],
  [['--client', 'auditor', '--ttl', 'soon']],
  [['--client', 'auditor', '--officer', '']],
  [['--citizen', '12345']],
  [['--citizen', '001190912345', '--client', 'auditor']],
  [['--citizen', '001190912345', '--officer', 'a']],
  [['--unknown', 'x']],
])('%j ends with 2 and an empty stdout', (args: readonly string[]) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage:');
});
