import { buildCountry } from '../../../mocks/country/country.ts';
import { generateCircle } from '../../../mocks/country/model/generate-circle.ts';
import { DEFAULT_SEED } from '../../../mocks/country/reference.ts';
import { buildTerritory } from '../../../mocks/country/territory.ts';

/**
 * Asks for random persons of a country of 100 million and prints what the heap holds after a tenth of them and after all:
 * a process of its own, run with --expose-gc, so that nothing else is in the heap.
 */
const PERSONS = 100_000_000;
const asked = Number(process.argv[2]);
const territory = buildTerritory(DEFAULT_SEED, PERSONS);
const country = buildCountry({ persons: PERSONS, cachedBlocks: 100 });

/** Twenty persons of each block that chance hits: a block is generated twice, here and in the country. */
const PER_BLOCK = 20;

function ask(from: number, to: number): void {
  for (let number = from; number < to; number += PER_BLOCK) {
    const prefixIndex = (number * 7_919) % territory.blocksOfPrefix.length;
    const key = { prefixIndex, index: (number * 104_729) % (territory.blocksOfPrefix[prefixIndex] ?? 1) };
    const { blocks } = generateCircle(DEFAULT_SEED, territory.circleOf(key), territory.communeOf);
    for (const { id } of blocks.flatMap(({ persons }) => persons).slice(0, PER_BLOCK)) {
      if (country.person(id) === undefined || country.civilStatus(id) === undefined)
        throw new Error(`no ${id}`);
    }
  }
}

function heapAfter(from: number, to: number): number {
  ask(from, to);
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const before = heapAfter(0, asked / 10);
process.stdout.write(JSON.stringify({ before, after: heapAfter(asked / 10, asked) }));
