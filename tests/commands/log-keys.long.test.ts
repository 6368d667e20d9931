import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exportLog } from '../../src/access-log/export/export-log.ts';
import { exportRange } from '../../src/access-log/export/export-range.ts';
import { parseVerifierKey } from '../../src/log-format/notes/note-key.ts';
import { openArchive } from '../../src/access-log/retention/sealed-part.ts';
import { GroupOpener } from '../../src/access-log/read/opened-answer.ts';
import type { KeyRing } from '../../src/config/secrets/key-rings.ts';
import { KEYS, LOG } from '../access-log/support/example-record.ts';
import { authorGroups, LOG_VKEY, plainGroups } from '../access-log/export/log-author.ts';
import { STORES, type TestStore } from '../access-log/support/test-stores.ts';
import { environmentOf, ownFolder, runLogCommand, secretsFolder } from './log-command.ts';

const AT = Date.parse('2026-03-01T00:00:00Z');
const [OLD] = KEYS.sealKeys;
const NEW = { id: 'seal-2', key: Buffer.alloc(32, 0x17) };

test('prints the vkeys of all checkpoint keys, newest first, and nothing else', () => {
  const older = { id: 'c0', key: Buffer.alloc(32, 0x11) };
  const SECRETS_DIR = secretsFolder(KEYS.sealKeys, [...KEYS.checkpointKeys, older]);
  const { status, stdout, stderr } = runLogCommand('log-keys', [], { SECRETS_DIR, INSTANCE_ID: 'gateway-1' });
  const lines = stdout.trimEnd().split('\n');
  expect({ status, stderr, first: lines[0], count: lines.length }).toEqual({
    status: 0,
    stderr: '',
    first: LOG_VKEY,
    count: 2,
  });
  expect(parseVerifierKey(lines[1] ?? '')?.name).toBe(LOG);
});

/** How many openings a ring opens; rejects where one does not. */
async function openedWith(store: TestStore, ring: KeyRing): Promise<number> {
  const rows = store.openLogRows();
  try {
    const range = await exportRange(rows, LOG, { from: 0, to: null });
    const folder = ownFolder();
    await exportLog(rows, { log: LOG, range, folder, opener: new GroupOpener(ring) });
    return range.to;
  } finally {
    await rows.close();
  }
}

describe.each(STORES)('rewrap, in $name', ({ create }) => {
  test('lets the newest key alone open everything, and then has nothing more to do', async () => {
    const store = await create();
    // Each day has its own data key.
    for (let day = 0; day < 5; day++) await authorGroups(store, plainGroups(3, AT + day * 86_400_000));
    await expect(openedWith(store, [NEW])).rejects.toThrow('do not open');

    const environment = { ...environmentOf(store), SECRETS_DIR: secretsFolder([NEW, OLD]) };
    expect(runLogCommand('log-keys', ['rewrap'], environment)).toEqual({
      status: 0,
      stdout: '{"keys":5,"rewrapped":5,"unopened":0}\n',
      stderr: '',
    });
    expect(await openedWith(store, [NEW])).toBeGreaterThan(0);
    // Nothing is taken away, and a day that comes is wrapped by the newest anyway.
    expect(await openedWith(store, [OLD])).toBeGreaterThan(0);
    await authorGroups(store, plainGroups(3, AT + 9 * 86_400_000), { ...KEYS, sealKeys: [NEW, OLD] });
    expect(runLogCommand('log-keys', ['rewrap'], environment).stdout).toBe(
      '{"keys":6,"rewrapped":0,"unopened":0}\n',
    );
    expect(await openedWith(store, [NEW])).toBeGreaterThan(0);
  });

  test('in archives too, which then open with the newest key alone', async () => {
    const store = await create();
    const old = Date.now() - 800 * 86_400_000;
    await authorGroups(store, [...plainGroups(2, old), ...plainGroups(1, Date.now())]);
    const archive = ownFolder();
    const environment = { ...environmentOf(store), INSTANCE_ID: 'gateway-1' };
    const before = { ...environment, SECRETS_DIR: secretsFolder([OLD]) };
    expect(runLogCommand('archive-log', ['--archive', archive], before).status).toBe(0);
    const [month = ''] = readdirSync(join(archive, LOG));
    const folder = join(archive, LOG, month);
    expect(() => [...openArchive(folder, LOG, [NEW])]).toThrow('does not open');
    const both = { ...environment, SECRETS_DIR: secretsFolder([NEW, OLD]) };
    const done = runLogCommand('log-keys', ['rewrap', '--archive', archive], both);
    expect(done).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(done.stdout)).toMatchObject({ unopened: 0 });
    expect([...openArchive(folder, LOG, [NEW])]).toHaveLength(2);
    expect([...openArchive(folder, LOG, [OLD])]).toHaveLength(2);
  });

  test('says where a key is missing: no older one may be retired then', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(3, AT));
    const environment = { ...environmentOf(store), SECRETS_DIR: secretsFolder([NEW]) };
    const { status, stdout, stderr } = runLogCommand('log-keys', ['rewrap'], environment);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '{"keys":1,"rewrapped":0,"unopened":1}\n' });
    expect(stderr).toContain('No key of SECRETS_DIR opens: 2026-03-01-');
  });
});

test.each([
  { args: ['again'], environment: {}, status: 2, reason: 'Allowed choices are rewrap.' },
  { args: ['--archive', 'x'], environment: {}, status: 2, reason: '--archive goes with the action rewrap.' },
  { args: ['rewrap', 'more'], environment: {}, status: 2, reason: 'Too many arguments' },
  { args: [], environment: {}, status: 1, reason: 'INSTANCE_ID is not set\nSECRETS_DIR is not set' },
  { args: ['rewrap'], environment: {}, status: 1, reason: 'neither DATABASE_URL nor DATA_DIR is set' },
  {
    args: [],
    environment: { INSTANCE_ID: 'x', SECRETS_DIR: '/nowhere' },
    status: 1,
    reason: 'SECRETS_DIR cannot be read',
  },
])('$args with $environment: $status', ({ args, environment, status, reason }) => {
  const ended = runLogCommand('log-keys', args, environment);
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status, stdout: '' });
  expect(ended.stderr).toContain(reason);
});
