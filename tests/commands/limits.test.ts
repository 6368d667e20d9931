import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { gatherLimits } from '../../src/commands/limits.ts';

const SOURCES = resolve(import.meta.dirname, '../../src');

/** Names of the constants `*_LIMITS` that each file exports, as a parser reads them. */
function exportedLimits(): readonly string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(SOURCES, name);
      const { module } = parseSync(file, readFileSync(file, 'utf8'));
      return module.staticExports
        .flatMap(({ entries }) => entries.flatMap(({ exportName }) => exportName.name ?? []))
        .filter((exported) => exported.endsWith('_LIMITS'))
        .map((exported) => `${relative(SOURCES, file)} ${exported}`);
    })
    .toSorted();
}

test('every exported *_LIMITS of the sources is printed, and nothing else', async () => {
  const printed = (await gatherLimits()).map(({ file, name }) => `${file} ${name.split('.')[0] ?? ''}`);
  expect([...new Set(printed)].toSorted()).toEqual(exportedLimits());
  expect(printed.length).toBeGreaterThan(20);
});

test('every limit has a number, a unit and a reason, and no constant of two files has one name', async () => {
  const limits = await gatherLimits();
  const faulty = limits.filter(
    ({ value, unit, why }) => !Number.isFinite(value) || unit === '' || why.length < 10,
  );
  expect(faulty).toEqual([]);
  expect(new Set(limits.map(({ name }) => name)).size).toBe(limits.length);
});
