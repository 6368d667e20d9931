import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SUBJECTS } from './example-record.ts';
import { appendOne, openLog, openReader, ownDirectory } from './fixtures.ts';

/** Kills a process that appends under load once it has printed so many ids, and returns all that it printed. */
function killAfter(directory: string, count: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'append-child.ts'), directory, '16'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (printed.length >= count * 33) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      // A line cut by the kill was not printed in full.
      if (signal === 'SIGKILL') resolve(printed.split('\n').slice(0, -1));
      else reject(new Error('the process ended before it was killed'));
    });
  });
}

test('kill -9 under load, thrice over: every settled answer is there with all its entries', async () => {
  const directory = await ownDirectory();
  const ids: string[] = [];
  for (const count of [1, 150, 700]) ids.push(...(await killAfter(directory, count)));
  expect(ids.length).toBeGreaterThanOrEqual(851);

  const isComplete = (id: string) => openReader(directory).answer(id)?.entries.length === SUBJECTS.length;
  expect(isComplete(ids.at(-1) ?? '')).toBe(true);
  const log = await openLog(directory);
  const later = await appendOne(log);
  const reader = openReader(directory);
  const entries = [...ids, later].map((id) => reader.answer(id)?.entries.length);
  expect(entries).toEqual(entries.map(() => SUBJECTS.length));
});
