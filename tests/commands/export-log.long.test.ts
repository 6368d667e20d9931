import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOG } from '../access-log/support/example-record.ts';
import { authorGroups, LOG_VKEY, plainGroups } from '../access-log/export/log-author.ts';
import { STORES } from '../access-log/support/test-stores.ts';
import { environmentOf, ownFolder, runLogCommand, secretsFolder } from './log-command.ts';

const AT = Date.parse('2026-03-01T18:00:00Z');

describe.each(STORES)('npm run export-log, from $name', ({ create }) => {
  test('writes what verify-log verifies, with openings for who has the keys', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(20, AT));
    const out = join(ownFolder(), 'export');
    const environment = { ...environmentOf(store), SECRETS_DIR: secretsFolder() };
    const { status, stdout, stderr } = runLogCommand('export-log', ['--out', out, '--openings'], environment);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ log: LOG, from: 0, removed: 0, checkpoints: 20 });
    const checked = runLogCommand('verify-log', [out, '--key', LOG_VKEY, '--json']);
    expect(JSON.parse(checked.stdout)).toMatchObject({ verdict: 'verified', faults: [] });
  });

  test('puts each export on record before it is made: who, what range, with openings or not', async () => {
    const store = await create();
    const sizes = await authorGroups(store, plainGroups(5, AT));
    const to = sizes[4] ?? 0;
    const environment = { ...environmentOf(store), SECRETS_DIR: secretsFolder() };
    for (const args of [
      ['--openings', '--by', 'tester.one'],
      ['--by', 'tester.two', '--to', String(to)],
    ]) {
      const out = join(ownFolder(), 'export');
      expect(runLogCommand('export-log', ['--out', out, ...args], environment).status).toBe(0);
    }
    const rows = store.openLogRows();
    const groups = await rows.groupsFrom(LOG, to, 10);
    await rows.close();
    const acts = groups.flatMap(({ answers }) => answers);
    expect(acts.map(({ head }) => head.includes('"purpose":"log-exported"'))).toEqual([true, true]);
    const range = `"from":0,"log":"${LOG}"`;
    expect(acts[0]?.tails).toContain(
      `{"by":"tester.one",${range},"openings":true,"source":"store","to":${to}}`,
    );
    expect(acts[1]?.tails).toContain(
      `{"by":"tester.two",${range},"openings":false,"source":"store","to":${to}}`,
    );
  });

  test('from a day of Viet Nam on, without naming anybody', async () => {
    const store = await create();
    // 20 minutes to midnight there, then 20 minutes of the next day.
    const sizes = await authorGroups(store, plainGroups(40, Date.parse('2026-03-01T16:40:00Z')));
    const out = join(ownFolder(), 'export');
    const args = ['--out', out, '--log', LOG, '--since', '2026-03-02'];
    const { status, stdout } = runLogCommand('export-log', args, {
      ...environmentOf(store),
      SECRETS_DIR: secretsFolder(),
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ from: sizes[19], to: sizes[39] });
    expect(readdirSync(out)).not.toContain('openings-000001.ndjson');
  });
});

test.each([
  { what: 'no folder', args: [], status: 2 },
  { what: 'two beginnings', args: ['--out', 'x', '--from', '1', '--since', '2026-01-01'], status: 2 },
  { what: 'no index', args: ['--out', 'x', '--from', '-1'], status: 2 },
  { what: 'no day', args: ['--out', 'x', '--since', '2026-13-01'], status: 2 },
  { what: 'no such option', args: ['--into', 'x'], status: 2 },
  { what: 'nothing set', args: ['--out', 'x'], status: 1 },
])('$what: $status, one line of reason', ({ args, status }) => {
  const ended = runLogCommand('export-log', args);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status, stdout: '' });
  expect(ended.stderr).not.toContain('    at ');
  expect(ended.stderr.includes('Usage: ndg log export')).toBe(status === 2);
});

test('keys that are not there, another log, no log: 1, each says what', async () => {
  const [sqlite] = STORES;
  if (!sqlite) throw new Error('no store');
  const store = await sqlite.create();
  await authorGroups(store, plainGroups(2, AT));
  const out = join(ownFolder(), 'export');
  const environment = environmentOf(store);
  const withKeys = { ...environment, SECRETS_DIR: secretsFolder() };
  expect(runLogCommand('export-log', ['--out', out, '--openings'], environment)).toMatchObject({
    status: 1,
    stderr: 'SECRETS_DIR is not set\n',
  });
  expect(runLogCommand('export-log', ['--out', out, '--log', 'another'], withKeys)).toMatchObject({
    status: 1,
    stderr: `No log another. There are: ${LOG}\n`,
  });
  expect(runLogCommand('export-log', ['--out', out], { ...withKeys, DATA_DIR: ownFolder() })).toMatchObject({
    status: 1,
    stderr: 'DATA_DIR has no access-log.sqlite.\n',
  });
});
