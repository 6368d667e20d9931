import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { authorGroups, LOG_VKEY, plainGroups } from '../access-log/export/log-author.ts';
import {
  createPostgresTestStore,
  isPostgresMissing,
  postgresUrl,
} from '../access-log/support/test-stores.ts';
import { findPostgresBinaries } from '../support/servers/postgres.ts';
import { ownFolder, runLogCommand, secretsFolder } from './log-command.ts';

const AT = Date.parse('2026-03-01T00:00:00Z');
const binaries = findPostgresBinaries();

function run(binary: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(join(binaries ?? '', binary), args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

test.skipIf(isPostgresMissing || binaries === undefined)(
  'a log that pg_restore put back goes on, and states what is lost',
  async () => {
    const server = await postgresUrl();
    const store = await createPostgresTestStore(server);
    const sizes = await authorGroups(store, plainGroups(6, AT));
    const folder = ownFolder();
    const environment = {
      DATABASE_URL: store.database.url,
      DATA_DIR: folder,
      INSTANCE_ID: 'gateway-1',
      SECRETS_DIR: secretsFolder(),
    };
    const told = runLogCommand('backup-log', ['--out', join(folder, 'x')], environment);
    expect(told.stderr).toContain("pg_dump --format=custom --exclude-table-data='access_index.*'");
    const dump = join(folder, 'dump');
    const dumped = ['--format=custom', '--exclude-table-data=access_index.*', `--file=${dump}`];
    run('pg_dump', ...dumped, `--dbname=${store.database.url}`);
    const later = await authorGroups(store, plainGroups(4, AT + 86_400_000));
    const known = join(folder, 'later');
    runLogCommand('export-log', ['--out', known], environment);

    const restored = await createPostgresTestStore(server);
    run('pg_restore', `--dbname=${restored.database.url}`, dump);
    const there = { ...environment, DATABASE_URL: restored.database.url };
    const { status, stdout, stderr } = runLogCommand(
      'restore-log',
      ['--known', join(known, 'checkpoints.ndjson')],
      there,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      begun: { detail: { epoch: 2, from: sizes.at(-1), lost: { size: later.at(-1) } } },
    });
    await authorGroups(restored, plainGroups(2, Date.now()));
    const out = join(folder, 'out');
    expect(runLogCommand('export-log', ['--out', out], there).status).toBe(0);
    const evidence = ['--key', LOG_VKEY, '--checkpoint', join(known, 'checkpoints.ndjson')];
    expect(runLogCommand('verify-log', [out, ...evidence]).status).toBe(0);
  },
);
