import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PERSONS = 100_000;

test('memory is flat over a hundred thousand random persons of a hundred million', () => {
  const script = fileURLToPath(new URL('flat-memory.ts', import.meta.url));
  const printed = execFileSync(process.execPath, ['--expose-gc', script, String(PERSONS)], {
    encoding: 'utf8',
  });
  const { before, after } = JSON.parse(printed) as { before: number; after: number };
  // A block takes some 100 kB: the 4,500 blocks of the second part would be 450 MB if they were kept.
  expect(after - before).toBeLessThan(20_000_000);
}, 600_000);
