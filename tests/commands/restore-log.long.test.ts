import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteRows } from '../../src/access-log/stores/sqlite/sqlite-rows.ts';
import { buildAccessLog } from '../../src/access-log/write/group-commit.ts';
import { exampleRecord, KEYS, LOG } from '../access-log/support/example-record.ts';
import { authorGroups, LOG_VKEY, plainGroups } from '../access-log/export/log-author.ts';
import { createSqliteTestStore } from '../access-log/support/test-stores.ts';
import { ownFolder, runLogCommand, secretsFolder } from './log-command.ts';

const AT = Date.parse('2026-03-01T00:00:00Z');

function sizeIn(directory: string): number {
  const rows = openSqliteRows(directory);
  const size = rows.end(LOG)?.size ?? 0;
  rows.close();
  return size;
}

test('a backup made while the log is written, put back: what came after is stated, and all of it verifies', async () => {
  const { directory, settings } = await createSqliteTestStore();
  const log = await buildAccessLog({ ...KEYS, store: settings });
  const stop = new AbortController();
  const writing = (async () => {
    while (!stop.signal.aborted) await log.append(exampleRecord());
  })();
  const environment = { DATA_DIR: directory, INSTANCE_ID: 'gateway-1', SECRETS_DIR: secretsFolder() };
  const folder = ownFolder();
  const backup = join(folder, 'backup.sqlite');
  const later = join(folder, 'later');
  try {
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(runLogCommand('backup-log', ['--out', backup], environment)).toMatchObject({
      status: 0,
      stderr: '',
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    stop.abort();
    await writing;
    await log.close();
  }
  expect({ mode: statSync(backup).mode & 0o777, left: readdirSync(folder) }).toEqual({
    mode: 0o600,
    left: ['backup.sqlite'],
  });
  // The export itself is on record behind what it holds.
  const sizeBefore = sizeIn(directory);
  expect(runLogCommand('export-log', ['--out', later], environment).status).toBe(0);

  const known = join(later, 'checkpoints.ndjson');
  const restored = runLogCommand('restore-log', ['--from', backup, '--known', known], environment);
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const { size, begun, replaced } = JSON.parse(restored.stdout) as {
    size: number;
    begun: { detail: unknown };
    replaced: string;
  };
  expect(size).toBeLessThan(sizeBefore);
  expect(begun.detail).toMatchObject({ epoch: 2, from: size, lost: { origin: LOG, size: sizeBefore } });
  expect(existsSync(replaced)).toBe(true);
  expect(readFileSync(join(directory, 'last-checkpoint'), 'utf8')).toContain(`${LOG}/2\n${size + 1}\n`);

  const again = await buildAccessLog({ ...KEYS, store: settings });
  await again.append(exampleRecord());
  await again.close();
  const out = join(folder, 'out');
  runLogCommand('export-log', ['--out', out], environment);
  const checked = runLogCommand('verify-log', [out, '--key', LOG_VKEY, '--checkpoint', known]);
  expect({ status: checked.status, first: checked.stdout.split('\n')[0] }).toEqual({
    status: 0,
    first: 'VERIFIED',
  });
});

test.each([
  { command: 'backup-log', args: [], status: 2, reason: '--out FILE is missing: the file to write.' },
  { command: 'backup-log', args: ['--out', 'OUT'], status: 1, reason: 'EEXIST' },
  { command: 'restore-log', args: ['--known', '/nowhere'], status: 2, reason: 'cannot be read' },
  { command: 'restore-log', args: ['--from', '/nowhere'], status: 1, reason: 'ENOENT' },
  { command: 'restore-log', args: ['--from', 'OUT'], status: 1, reason: 'not-a-log' },
])('$command $args: $status', async ({ command, args, status, reason }) => {
  const store = await createSqliteTestStore();
  await authorGroups(store, plainGroups(2, AT));
  const taken = join(ownFolder(), 'taken');
  writeFileSync(taken, 'something');
  const environment = { DATA_DIR: store.directory, INSTANCE_ID: 'gateway-1', SECRETS_DIR: secretsFolder() };
  const given = args.map((arg) => (arg === 'OUT' ? taken : arg));
  // Of somebody who has a copy there already.
  writeFileSync(join(store.directory, 'access-log.sqlite.restored'), 'own');
  // Those who read it leave SQLite's own files beside it.
  const names = () => readdirSync(store.directory).filter((name) => !/-(wal|shm)$/.test(name));
  const before = names();
  const ended = runLogCommand(command, given, environment);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status, stdout: '' });
  expect(ended.stderr).toContain(reason);
  expect(names()).toEqual(before);
  expect(sizeIn(store.directory)).toBeGreaterThan(0);
  expect(readFileSync(taken, 'utf8')).toBe('something');
  expect(readFileSync(join(store.directory, 'access-log.sqlite.restored'), 'utf8')).toBe('own');
});

test('where nothing is put in place, DATA_DIR is not made', () => {
  const folder = ownFolder();
  const taken = join(folder, 'taken');
  writeFileSync(taken, 'something');
  const DATA_DIR = join(folder, 'new', 'data');
  const environment = { DATA_DIR, INSTANCE_ID: 'gateway-1', SECRETS_DIR: secretsFolder() };
  for (const from of [taken, '/nowhere']) {
    expect(runLogCommand('restore-log', ['--from', from], environment).status).toBe(1);
    expect(readdirSync(folder)).toEqual(['taken']);
  }
});

test('another instance’s backup is not put in place', async () => {
  const store = await createSqliteTestStore();
  await authorGroups(store, plainGroups(2, AT));
  const other = await createSqliteTestStore();
  await authorGroups(other, plainGroups(9, AT), { ...KEYS, log: 'national-data-gateway/gateway-2' });
  const backup = join(ownFolder(), 'backup.sqlite');
  runLogCommand('backup-log', ['--out', backup], { DATA_DIR: other.directory });
  const environment = { DATA_DIR: store.directory, INSTANCE_ID: 'gateway-1', SECRETS_DIR: secretsFolder() };
  const before = sizeIn(store.directory);
  expect(runLogCommand('restore-log', ['--from', backup], environment)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('another-log'),
  });
  expect(sizeIn(store.directory)).toBe(before);
  rmSync(backup);
});
