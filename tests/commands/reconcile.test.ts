import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LogForge, person, START, writeExport } from '../access-log/verify/forged-export.ts';

const forge = new LogForge();
forge.answer([person(1)], START, {}, 'a');
forge.checkpoint();
const folder = writeExport(forge.export());
const log = join(folder, 'population.log');
const line = {
  time: new Date(START).toISOString(),
  requestId: 'a',
  officer: 'an.nguyen',
  dossier: 'H26-261121-0001',
  key: '001190000001',
};
writeFileSync(log, `${JSON.stringify(line)}\n`);
const longer = join(folder, 'longer.log');
writeFileSync(longer, `${JSON.stringify(line)}\n${JSON.stringify({ ...line, requestId: 'b' })}\n`);

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  return spawnSync(process.execPath, ['src/commands/reconcile.ts', ...args], { encoding: 'utf8' });
}

test('logs that agree: 0', () => {
  const { status, stdout } = run(folder, '--register', `population=${log}`);
  expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 0, first: 'AGREE' });
});

test('an entry never written: 1, named without the key', () => {
  const { status, stdout } = run(folder, '--register', `population=${longer}`);
  expect({ status, named: stdout.includes('entry-never-written population b') }).toEqual({
    status: 1,
    named: true,
  });
  expect(stdout).not.toContain('001190000001');
});

test('a register’s log that has no end, or is no file: 2, and soon', () => {
  const pipe = join(folder, 'pipe');
  spawnSync('mkfifo', [pipe]);
  for (const hostile of ['/dev/zero', pipe, folder]) {
    const { status, stderr } = run(folder, '--register', `population=${hostile}`);
    expect({ hostile, status }).toEqual({ hostile, status: 2 });
    expect(stderr).not.toContain('    at ');
  }
});

test('outside of the time compared nothing is missed', () => {
  expect(run(folder, '--register', `population=${longer}`, '--from', '2026-03-01').status).toBe(0);
});

test.each([
  [[]],
  [[folder]],
  [['/nowhere', '--register', `population=${log}`]],
  [[folder, '--register', log]],
  [[folder, '--register', 'population=/nowhere']],
  [[folder, '--register', `population=${log}`, '--from', 'yesterday']],
  [[folder, '--register', `population=${folder}/log.json`]],
])('%j ends with 2, an empty stdout and the usage', (args: readonly string[]) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: reconcile DIR');
  expect(stderr).not.toContain('    at ');
});
