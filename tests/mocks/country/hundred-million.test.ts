import { expect, test } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import type { BlockKey } from '../../../mocks/country/identifiers/block-key.ts';
import { generateBlock } from '../../../mocks/country/model/generate-block.ts';
import { DEFAULT_SEED, PERSONS_PER_BLOCK } from '../../../mocks/country/reference.ts';
import { buildTerritory } from '../../../mocks/country/territory.ts';

const PERSONS = 100_000_000;
const territory = buildTerritory(DEFAULT_SEED, PERSONS);

function personsOf(block: BlockKey) {
  return generateBlock(DEFAULT_SEED, block, territory.communeOf(block)).persons;
}

test('a hundred million persons stand in the country', () => {
  const blocks = territory.blocksOfPrefix.reduce((sum, count) => sum + count, 0);
  expect(blocks * PERSONS_PER_BLOCK).toBeGreaterThan(0.99 * PERSONS);
});

test('the first person and the last one of each prefix are found, and none is stored', () => {
  const startedAt = performance.now();
  const country = buildCountry({ persons: PERSONS });
  for (const [prefixIndex, count] of territory.blocksOfPrefix.entries()) {
    for (const index of [0, count - 1]) {
      const [person] = personsOf({ prefixIndex, index });
      expect(country.person(person?.id ?? '')?.personalId).toBe(person?.id);
    }
  }
  // A start takes 5 s at the most: constant time a record.
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

test('memory stays flat over random persons', () => {
  const country = buildCountry({ persons: PERSONS, cachedBlocks: 100 });
  const ask = (from: number, to: number): void => {
    for (let number = from; number < to; number += 1) {
      const prefixIndex = (number * 7_919) % territory.blocksOfPrefix.length;
      const count = territory.blocksOfPrefix[prefixIndex] ?? 1;
      const block = { prefixIndex, index: (number * 104_729) % count };
      const [person] = personsOf(block);
      country.truth(person?.id ?? '');
    }
  };
  ask(0, 300);
  const before = process.memoryUsage().heapUsed;
  ask(300, 1_500);
  // A block takes some 100 kB: kept blocks would be 120 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
});
