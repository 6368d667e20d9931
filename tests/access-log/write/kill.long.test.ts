import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendOne, expectThere, openLog } from '../support/fixtures.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';
import { expectWholeTree } from '../support/whole-tree.ts';

/** `npm run test:kill` has many. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);
const LONGEST_LIFE_MS = 400;

/** Kills a process that appends under load, so long after it printed its first id, and returns all that it printed. */
function killAfter(store: TestStore, milliseconds: number): Promise<readonly string[]> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'append-child.ts'), JSON.stringify(store.settings), '16'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').once('data', () => {
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  child.stdout.on('data', (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      // A line cut by the kill was not printed in full.
      if (signal === 'SIGKILL') resolve(printed.split('\n').slice(0, -1));
      else reject(new Error('the process ended before it was killed'));
    });
  });
}

describe.each(STORES)('$name', ({ create }) => {
  test(
    `kill -9 under load, ${ROUNDS} times at moments spread over its life: every settled answer is there, and one tree holds them`,
    async () => {
      const store = await create();
      const ids: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const killed = await killAfter(store, ((round * 0.618_034) % 1) * LONGEST_LIFE_MS);
        ids.push(...killed);
        // The whole log each time would cost the square of the rounds.
        await expectThere(store, killed.slice(-50));
      }
      expect(ids.length).toBeGreaterThan(ROUNDS);
      const log = await openLog(store);
      ids.push(await appendOne(log));
      const written = new Set(await expectWholeTree(store));
      expect(ids.filter((id) => !written.has(id))).toEqual([]);
      await expectThere(store, ids.slice(0, 500));
    },
    60_000 + ROUNDS * 5_000,
  );
});
