import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LogForge, person, START, writeExport } from '../independent/verify/vectors/forged-export.ts';

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
  return spawnSync(process.execPath, ['src/commands/ndg.ts', 'log', 'reconcile', ...args], {
    encoding: 'utf8',
  });
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

test.each([
  ['2026-03-01', undefined],
  ['2030-01-01T00:00:00Z', undefined],
  [undefined, '2020-01-01'],
])('from %s to %s nothing is missed, and nothing agrees: 1', (from, to) => {
  const period = [...(from ? ['--from', from] : []), ...(to ? ['--to', to] : [])];
  const { status, stdout } = run(folder, '--register', `population=${longer}`, ...period);
  expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 1, first: 'NOT COMPARED' });
  expect(stdout).toContain('0 calls compared');
});

test('a register’s name that is misspelt: 1, and said', () => {
  const { status, stdout } = run(folder, '--register', `popluation=${longer}`);
  expect({ status, first: stdout.split('\n')[0] }).toEqual({ status: 1, first: 'NOT COMPARED' });
  expect(stdout).toContain('popluation: no call of the export');
  expect(stdout).not.toContain('entry-never-written');
});

test('a time without a zone is of UTC, wherever the command runs', () => {
  const period = ['--from', '2026-01-15T01:59', '--to', '2026-01-15T02:01', '--tolerance', '0'];
  const { status } = spawnSync(
    process.execPath,
    ['src/commands/ndg.ts', 'log', 'reconcile', folder, '--register', `population=${log}`, ...period],
    { encoding: 'utf8', env: { ...process.env, TZ: 'Asia/Ho_Chi_Minh' } },
  );
  expect(status).toBe(0);
});

test('what nobody foresaw: 2, one line, nothing of the machine', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/commands/ndg.ts', 'log', 'reconcile', folder, '--register', `population=${log}`],
    { encoding: 'utf8', env: { ...process.env, TMPDIR: '/nowhere/secret' } },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe('reconcile ended without a verdict, by an error of its own (Error, ENOENT).\n');
});

test('a reader that has gone ends it quietly', () => {
  const script = `"$0" src/commands/ndg.ts log reconcile "$1" --register "population=$2" 2>&1 >&3 3>&- | cat`;
  const piped = `{ ${script}; } 3>&1 1>&4 | { exec 0<&-; sleep 3; }`;
  const { stdout } = spawnSync('bash', ['-c', `{ ${piped}; } 4>&1`, process.execPath, folder, log], {
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^2 entries .* memory at most\n$/);
});

test.each([
  [[]],
  [[folder]],
  [['/nowhere', '--register', `population=${log}`]],
  [[folder, '--register', log]],
  [[folder, '--register', 'population=/nowhere']],
  [[folder, '--register', `population=${log}`, '--from', 'yesterday']],
  [[folder, '--register', `population=${log}`, '--from', '2026-12-01', '--to', '2026-11-01']],
  [[folder, '--register', `population=${log}`, '--from', '2026-12-01', '--to', '2026-12-01']],
  [[folder, '--register', `population=${log}`, '--from', '2026-02-31']],
  [[folder, '--register', `population=${log}`, '--to', '2026-02-29T10:00:00Z']],
  [[folder, '--register', `population=${log}`, '--to', '2026-11-01T25:00:00Z']],
  [[folder, '--register', `population=${log}`, '--to', 'Nov 1 2026']],
  [[folder, '--register', `population=${folder}/log.json`]],
])('%j ends with 2, an empty stdout and the usage', (args: readonly string[]) => {
  const { status, stdout, stderr } = run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: ndg log reconcile');
  expect(stderr).not.toContain('    at ');
});
