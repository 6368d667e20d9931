import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answers,
  createDatabase,
  startOwnPostgres,
  type OwnPostgres,
} from '../../support/servers/postgres.ts';
import { delay } from '../../support/servers/redis.ts';
import { expectBounded, startLoad } from '../support/append-load.ts';
import { codes, expectWorking, openLog, until } from '../support/fixtures.ts';
import { postgresBinaries, postgresStoreIn } from '../support/test-stores.ts';
import { expectWholeTree } from '../support/whole-tree.ts';

// Where this process may not mount (most CI), server-trouble.test.ts has the server say that its disk is full.
let disk: string | undefined;
let server: OwnPostgres | undefined;

beforeAll(async () => {
  disk = postgresBinaries === undefined ? undefined : mountSmallDisk(90);
  if (disk === undefined) return;
  const home = join(disk, 'server');
  mkdirSync(home);
  server = await startOwnPostgres(postgresBinaries ?? '', home);
});

afterAll(async () => {
  await server?.remove();
  if (disk === undefined) return;
  spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

test('a disk without room: refused until there is some again; what settled is there, in one tree', async ({
  skip,
}) => {
  if (disk === undefined || !server) return skip('leave to mount a small disk is missing');
  const ballast = join(disk, 'ballast');
  const store = postgresStoreIn(await createDatabase(server.url), { timeoutMs: 1_000 });
  const { seen, observer } = codes();
  const log = await openLog(store, { appendTimeoutMs: 500, observer });
  const load = startLoad(log);
  await until(() => load.settled.length > 50, 'it runs');
  fill(ballast);
  await until(() => load.refused.length > 0, 'there is no room', 60_000);
  await until(() => !log.isHealthy(), 'it is noticed');
  await delay(1_000);
  rmSync(ballast);
  // With no room for its write-ahead log the server ends itself; whoever runs it starts it again.
  await delay(1_000);
  if (!(await answers(server.url))) await server.start();
  const before = load.settled.length;
  await until(() => load.settled.length > before + 50, 'it runs again', 30_000);
  await load.stop();
  expectBounded(load, 5_000);
  const written = new Set(await expectWholeTree(store));
  expect(load.settled.filter((id) => !written.has(id))).toEqual([]);
  expect(seen.at(-1)).toBe('recovered');
  await expectWorking(log, store);
}, 120_000);

/** A file system of a few megabytes, or undefined where this process may not have one. */
function mountSmallDisk(megabytes: number): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-disk-'));
  chmodSync(folder, 0o755);
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder]);
  if (mount.status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

/** All room but a megabyte or so. */
function fill(file: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M'], { stdio: 'ignore' });
  truncateSync(file, Math.max(0, statSync(file).size - 1_000_000));
}
