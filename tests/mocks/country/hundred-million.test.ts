import { expect, test } from 'vitest';
import { BlockStore } from '../../../mocks/country/block-store.ts';
import { buildCountry } from '../../../mocks/country/country.ts';
import { isSameBlock, type BlockKey } from '../../../mocks/country/identifiers/block-key.ts';
import { generateCircle } from '../../../mocks/country/model/generate-circle.ts';
import { DEFAULT_SEED, PERSONS_PER_BLOCK } from '../../../mocks/country/reference.ts';
import { buildTerritory } from '../../../mocks/country/territory.ts';

const PERSONS = 100_000_000;
const territory = buildTerritory(DEFAULT_SEED, PERSONS);

function personsOf(block: BlockKey) {
  const { blocks } = generateCircle(DEFAULT_SEED, territory.circleOf(block), territory.communeOf);
  return blocks.find(({ key }) => isSameBlock(key, block))?.persons ?? [];
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

test('no more blocks are kept than the store may hold, and one that was dropped is the same when it comes back', () => {
  const store = new BlockStore(DEFAULT_SEED, territory, 20);
  const keys = Array.from({ length: 120 }, (_, number) => {
    const prefixIndex = (number * 7_919) % territory.blocksOfPrefix.length;
    return { prefixIndex, index: (number * 104_729) % (territory.blocksOfPrefix[prefixIndex] ?? 1) };
  });
  const idsOf = (key: BlockKey): string[] => [...(store.get(key)?.persons.keys() ?? [])];
  const kept = keys.map((key) => {
    store.get(key);
    return store.kept;
  });
  expect(Math.max(...kept)).toBe(20);
  const [first = { prefixIndex: 0, index: 0 }] = keys;
  expect(idsOf(first)).toEqual(expect.arrayContaining(personsOf(first).map(({ id }) => id)));
  expect(store.kept).toBe(20);
});
