import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLogReader } from '../../support/log-reader.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';
import { KEYS, SUBJECTS } from '../support/example-record.ts';
import { ownDirectory } from '../support/fixtures.ts';
import { TRACED_CALLS, TracedFiles } from '../support/traced-files.ts';

// `kill -9` leaves the page cache alone, so it cannot tell a synced commit from one that a power cut would take back.
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0;
const isMissing = isSkippedWithout('strace, or leave to use it,', canTrace);

const LOADS: readonly (readonly [string, number, number])[] = [
  ['one after the other', 1, 12],
  ['in groups', 8, 48],
];

describe.skipIf(isMissing)('a settled append, seen by the system calls of a process that prints each', () => {
  test.each(LOADS)('%s: is synced before it settles', async (_name, concurrency, count) => {
    const { directory, trace, printed } = await traceAppends(concurrency, count);
    expect(printed).toHaveLength(count);

    const files = new TracedFiles(directory);
    const syncsOfTheLog: number[] = [];
    const cut: boolean[] = [];
    files.replay(trace, (id, syncs) => {
      syncsOfTheLog.push(syncs.filter((path) => path.endsWith('-wal')).length);
      cut.push(isOnDisk(directory, files, id));
    });
    expect(cut).toEqual(printed.map(() => true));
    // In groups, several answers leave after one sync.
    expect(syncsOfTheLog.filter((syncs) => syncs > 0).length).toBeGreaterThanOrEqual(count / concurrency);
  });

  test('is found missing by the same means where the commits are not synced', async () => {
    const { directory, trace } = await traceAppends(1, 3);
    const files = new TracedFiles(directory);
    const found: boolean[] = [];
    files.replay(trace.replaceAll(SYNC_OF_THE_LOG, ''), (id) => found.push(isOnDisk(directory, files, id)));
    expect(found).toEqual([false, false, false]);
  });
});

/** The trace has paths in hexadecimal. */
const WAL_IN_HEX = String.raw`\\x2d\\x77\\x61\\x6c`;
const SYNC_OF_THE_LOG = new RegExp(String.raw`^.*sync\(\d+<[^>]*${WAL_IN_HEX}>.*$`, 'gm');

async function traceAppends(concurrency: number, count: number) {
  const own = await ownDirectory();
  const directory = join(own, 'log');
  const traceFile = join(own, 'trace');
  mkdirSync(directory);
  const store = JSON.stringify({ kind: 'sqlite', directory, maxPages: null });
  const child = join(import.meta.dirname, 'append-child.ts');
  const strace = ['-f', '-y', '-xx', '-s', '1000000', '-e', TRACED_CALLS, '-o', traceFile];
  const { stdout, stderr, status } = spawnSync(
    'strace',
    [...strace, process.execPath, child, store, String(concurrency), String(count)],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the traced process failed: ${stderr}`);
  return { directory, trace: readFileSync(traceFile, 'utf8'), printed: stdout.trim().split('\n') };
}

/** Whether a gateway that starts from the files as synced so far finds the answer with all entries. */
function isOnDisk(directory: string, files: TracedFiles, id: string): boolean {
  const copy = mkdtempSync(`${directory}-cut-`);
  files.saveTo(copy);
  const reader = openLogReader({ directory: copy, ...KEYS });
  try {
    return reader.answer(id)?.entries.length === SUBJECTS.length;
  } finally {
    reader.close();
  }
}
