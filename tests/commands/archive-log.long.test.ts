import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOG } from '../access-log/support/example-record.ts';
import { authorGroups, LOG_VKEY } from '../access-log/export/log-author.ts';
import { STORES } from '../access-log/support/test-stores.ts';
import { environmentOf, ownFolder, runLogCommand, secretsFolder } from './log-command.ts';

const now = new Date();
/** The middle of a month so many months ago. */
const monthsAgo = (months: number): number => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15);

describe.each(STORES)('npm run archive-log, in $name', ({ create }) => {
  test('moves what is old enough, after a dry run that said so; archive and log both verify', async () => {
    const store = await create();
    const old = [30, 29].map((ago) => ({ at: monthsAgo(ago), answers: [{}] }));
    await authorGroups(store, [...old, ...[22, 1].map((ago) => ({ at: monthsAgo(ago), answers: [{}] }))]);
    const archive = join(ownFolder(), 'archive');
    const environment = {
      ...environmentOf(store),
      INSTANCE_ID: 'gateway-1',
      SECRETS_DIR: secretsFolder(),
    };
    const args = ['--archive', archive];
    const dry = runLogCommand('archive-log', [...args, '--dry-run'], environment);
    expect({ status: dry.status, isThere: existsSync(archive) }).toEqual({ status: 0, isThere: false });
    const done = runLogCommand('archive-log', args, environment);
    expect({ status: done.status, stderr: done.stderr, stdout: done.stdout }).toEqual({
      status: 0,
      stderr: '',
      stdout: dry.stdout,
    });
    const months = readdirSync(join(archive, LOG)).sort();
    expect(months).toHaveLength(2);
    const second = runLogCommand('archive-log', [...args, '--vacuum'], environment);
    expect(JSON.parse(second.stdout)).toMatchObject({ archived: [], removed: [{}, {}] });
    const out = join(ownFolder(), 'out');
    expect(JSON.parse(runLogCommand('export-log', ['--out', out], environment).stdout)).toMatchObject({
      removed: expect.any(Number),
    });
    for (const folder of [out, ...months.map((month) => join(archive, LOG, month))]) {
      expect(runLogCommand('verify-log', [folder, '--key', LOG_VKEY]).status).toBe(0);
    }
  });

  test('an archive opens to its keys, and to no others', async () => {
    const store = await create();
    await authorGroups(store, [
      { at: monthsAgo(30), answers: [{}] },
      { at: monthsAgo(1), answers: [{}] },
    ]);
    const archive = join(ownFolder(), 'archive');
    const environment = { ...environmentOf(store), INSTANCE_ID: 'gateway-1', SECRETS_DIR: secretsFolder() };
    runLogCommand('archive-log', ['--archive', archive], environment);
    const [month = ''] = readdirSync(join(archive, LOG));
    const monthArgs = ['--archive', join(archive, LOG, month), '--out'];
    // Also an archive's export is on record in the log.
    const opened = join(ownFolder(), 'opened');
    expect(runLogCommand('export-log', [...monthArgs, opened], environment)).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(readFileSync(join(opened, 'openings-000001.ndjson'), 'utf8')).toContain('"001190900011"');
    expect(runLogCommand('verify-log', [opened, '--key', LOG_VKEY])).toMatchObject({ status: 0 });
    // Nothing is written over, and no part is told from the rest.
    expect(runLogCommand('export-log', [...monthArgs, opened], environment)).toMatchObject({ status: 1 });
    const part = [...monthArgs, join(opened, 'part'), '--from', '1'];
    expect(runLogCommand('export-log', part, environment)).toMatchObject({ status: 2 });
    const strange = secretsFolder();
    const key = readdirSync(strange).find((name) => name.startsWith('log-seal.')) ?? '';
    writeFileSync(join(strange, key), Buffer.alloc(32, 9).toString('base64'));
    const out = join(ownFolder(), 'out');
    const ended = runLogCommand('export-log', [...monthArgs, out], {
      ...environment,
      SECRETS_DIR: strange,
    });
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toContain('does not open');
    expect(existsSync(out)).toBe(false);
  });

  test.each([
    { LOG_SEARCHABLE_MONTHS: '11' },
    { LOG_SEARCHABLE_MONTHS: '0' },
    { LOG_ARCHIVE_MONTHS: '6' },
    { LOG_SEARCHABLE_MONTHS: '-1' },
  ])('%j is below the legal minimum: nothing is removed', async (setting) => {
    const store = await create();
    await authorGroups(store, [{ at: monthsAgo(30), answers: [{}] }]);
    const environment = {
      ...environmentOf(store),
      INSTANCE_ID: 'gateway-1',
      SECRETS_DIR: secretsFolder(),
      ...setting,
    };
    const archive = join(ownFolder(), 'archive');
    const ended = runLogCommand('archive-log', ['--archive', archive], environment);
    expect(ended).toMatchObject({ status: 1, stdout: '' });
    expect(ended.stderr).toContain('at least 12 (the legal minimum)');
    expect(await store.sql('SELECT first_leaf FROM log.answers')).toHaveLength(1);
  });
});

test('without a folder: 2; without settings: 1, all of them named', () => {
  expect(runLogCommand('archive-log', [])).toMatchObject({ status: 2, stdout: '' });
  expect(runLogCommand('archive-log', ['--archive', 'x'])).toMatchObject({
    status: 1,
    stderr: 'INSTANCE_ID is not set\nSECRETS_DIR is not set\nneither DATABASE_URL nor DATA_DIR is set\n',
  });
});
