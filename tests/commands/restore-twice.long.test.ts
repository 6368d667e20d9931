import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseVerifierKey } from '../../src/log-format/notes/note-key.ts';
import { proveConsistency } from '../../src/access-log/read/proofs.ts';
import { buildWitnessClient } from '../../src/access-log/continuity/witness-client.ts';
import { LOG } from '../access-log/support/example-record.ts';
import { authorGroups, LOG_VKEY, plainGroups } from '../access-log/export/log-author.ts';
import { createSqliteTestStore, type TestStore } from '../access-log/support/test-stores.ts';
import { startWitnessProcess, type WitnessProcess } from '../support/servers/witness-process.ts';
import { ownFolder, runLogCommand, secretsFolder } from './log-command.ts';

/** As the gateway does while it runs. */
async function cosignEnd(store: TestStore, { url, vkey }: WitnessProcess): Promise<void> {
  const rows = store.openLogRows();
  const client = buildWitnessClient({ url, key: parseVerifierKey(vkey) });
  const end = await rows.end(LOG);
  if (!end) throw new Error('nothing to cosign');
  const answer = await client.submit(end.note, end.size, (from) =>
    proveConsistency(rows, LOG, from, end.size),
  );
  expect(answer).toMatchObject({ lines: expect.any(String) });
  await client.close();
  await rows.close();
}

test('a log that is lost a second time goes on after the epoch that its witness knows, from the same backup', async () => {
  const store = await createSqliteTestStore();
  const folder = ownFolder();
  const witnessFolder = join(folder, 'witness');
  const witness = await startWitnessProcess(witnessFolder, LOG_VKEY);
  const environment = {
    DATA_DIR: store.directory,
    INSTANCE_ID: 'gateway-1',
    SECRETS_DIR: secretsFolder(),
    WITNESS_URL: witness.url,
    WITNESS_KEY: witness.vkey,
  };
  const backup = join(folder, 'backup.sqlite');
  const restore = (...args: readonly string[]) => runLogCommand('restore-log', args, environment);
  /** What the witness's operator hands over. */
  const shown = (name: string): string => {
    const { status, stdout } = runLogCommand('witness', [
      '--log',
      LOG_VKEY,
      '--dir',
      witnessFolder,
      '--show',
    ]);
    expect(status).toBe(0);
    writeFileSync(join(folder, name), stdout);
    return join(folder, name);
  };
  const runOn = async (groups: number): Promise<void> => {
    await authorGroups(store, plainGroups(groups, Date.now()));
    await cosignEnd(store, witness);
  };

  await runOn(4);
  expect(runLogCommand('backup-log', ['--out', backup], environment).status).toBe(0);
  await runOn(3);
  rmSync(store.directory, { recursive: true });
  const first = shown('first.ndjson');
  expect(JSON.parse(restore('--from', backup, '--known', first).stdout)).toMatchObject({
    begun: { origin: `${LOG}/2` },
  });
  await runOn(2);
  const second = join(folder, 'second');
  expect(runLogCommand('export-log', ['--out', second], environment).status).toBe(0);

  rmSync(store.directory, { recursive: true });
  // Begun again, epoch 2 would be two histories.
  const refused = restore('--from', backup, '--known', first);
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: '' });
  expect(refused.stderr).toContain(`entries of ${LOG}/2, `);
  expect(refused.stderr).toContain('--show');
  expect(JSON.parse(restore('--known', shown('both.ndjson')).stdout)).toMatchObject({
    begun: { origin: `${LOG}/3`, detail: { lost: { origin: `${LOG}/2` } } },
  });
  await runOn(2);
  const third = join(folder, 'third');
  expect(runLogCommand('export-log', ['--out', third], environment).status).toBe(0);
  const known = [first, join(second, 'checkpoints.ndjson'), join(folder, 'both.ndjson')];
  const checked = runLogCommand('verify-log', [
    third,
    '--key',
    LOG_VKEY,
    ...known.flatMap((file) => ['--checkpoint', file]),
  ]);
  expect({ status: checked.status, first: checked.stdout.split('\n')[0] }).toEqual({
    status: 0,
    first: 'VERIFIED',
  });
}, 60_000);

test.each([
  ['without its last newline', (note: string) => note.trimEnd()],
  ['with newlines of a mail', (note: string) => `${note}\r\n\n`],
])('a note is taken %s', async (_how, sent) => {
  const store = await createSqliteTestStore();
  await authorGroups(store, plainGroups(4, Date.now()));
  const rows = store.openLogRows();
  const { note = '' } = (await rows.end(LOG)) ?? {};
  await rows.close();
  const file = join(ownFolder(), 'note');
  writeFileSync(file, sent(note));
  const environment = { DATA_DIR: store.directory, INSTANCE_ID: 'gateway-1', SECRETS_DIR: secretsFolder() };
  expect(runLogCommand('restore-log', ['--known', file], environment)).toMatchObject({
    status: 0,
    stderr: '',
  });
});
