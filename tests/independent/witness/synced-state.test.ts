import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openWitnessState } from '../../../src/independent/witness/witness-state.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';
import { TRACED_CALLS, TracedFiles } from '../../access-log/support/traced-files.ts';
import { LOG_NAME, ownDirectory } from './fixtures.ts';

// `kill -9` leaves the page cache alone: only the system calls tell what a power cut would leave.
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0;

const SIZES = Array.from({ length: 10 }, (_, at) => at + 1);

describe.skipIf(isSkippedWithout('strace, or leave to use it,', canTrace))('what a witness signed', () => {
  test('is on disk before the cosignature leaves', async () => {
    const { directory, trace } = await traceWitness();
    expect(sizesOnDisk(directory, trace)).toEqual(SIZES.map((size) => [String(size), size]));
  });

  test('is found missing by the same means where nothing is synced', async () => {
    const { directory, trace } = await traceWitness();
    const unsynced = trace.replaceAll(/^.*sync\(\d+<.*$/gm, '');
    expect(sizesOnDisk(directory, unsynced)).toEqual(SIZES.map((size) => [String(size), null]));
  });
});

async function traceWitness() {
  const own = await ownDirectory();
  const directory = join(own, 'witness');
  const traceFile = join(own, 'trace');
  const child = join(import.meta.dirname, 'advance-child.ts');
  const strace = ['-f', '-y', '-xx', '-s', '1000000', '-e', TRACED_CALLS, '-o', traceFile];
  const { stderr, status } = spawnSync('strace', [...strace, process.execPath, child, directory], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the traced process failed: ${stderr}`);
  return { directory, trace: readFileSync(traceFile, 'utf8') };
}

/** Each printed size with the one that a witness would know had the power gone then; null: it would not start. */
function sizesOnDisk(directory: string, trace: string): readonly (readonly [string, number | null])[] {
  const files = new TracedFiles(directory);
  const sizes: [string, number | null][] = [];
  files.replay(trace, (printed) => sizes.push([printed, sizeAfterCut(directory, files)]));
  return sizes;
}

function sizeAfterCut(directory: string, files: TracedFiles): number | null {
  const copy = mkdtempSync(`${directory}-cut-`);
  files.saveTo(copy);
  try {
    const state = openWitnessState(copy, false);
    const { size } = state.latest(LOG_NAME);
    state.close();
    return size;
  } catch {
    return null;
  }
}
