import { describe, expect, it } from 'vitest';
import { isSameBlock, type BlockKey } from '../../../mocks/country/identifiers/block-key.ts';
import { PREFIXES } from '../../../mocks/country/prefixes.ts';
import { DEFAULT_SEED } from '../../../mocks/country/reference.ts';
import { buildTerritory } from '../../../mocks/country/territory.ts';

/** Blocks all over a country of so many persons, the last ones of each prefix too. */
function someBlocks(persons: number) {
  const territory = buildTerritory(DEFAULT_SEED, persons);
  const blocks = territory.blocksOfPrefix.flatMap((count, prefixIndex): BlockKey[] => {
    const step = Math.max(1, Math.floor(count / 100));
    const indexes = Array.from({ length: Math.ceil(count / step) }, (_, place) => place * step);
    return [...new Set([...indexes, count - 2, count - 1])]
      .filter((index) => index >= 0 && index < count)
      .map((index) => ({ prefixIndex, index }));
  });
  return { territory, blocks };
}

describe.each([500, 60_000, 1_000_000, 100_000_000])('a country of %i persons', (persons) => {
  const { territory, blocks } = someBlocks(persons);

  it('gives a block and its partner the same circle, and the block is in it once', () => {
    for (const block of blocks) {
      const circle = territory.circleOf(block);
      expect(circle.filter((one) => isSameBlock(one, block))).toHaveLength(1);
      for (const one of circle) {
        expect(territory.has(one)).toBe(true);
        expect(territory.circleOf(one)).toEqual(circle);
      }
    }
  });
});

describe.each([1_000_000, 100_000_000])('of %i persons', (persons) => {
  it('nearly every block has a partner, mostly in another commune, many in another province', () => {
    const { territory, blocks } = someBlocks(persons);
    const partners = blocks.map((block) => territory.circleOf(block).find((one) => !isSameBlock(one, block)));
    const share = (fits: (block: BlockKey, partner: BlockKey) => boolean): number =>
      blocks.filter((block, place) => {
        const partner = partners[place];
        return partner !== undefined && fits(block, partner);
      }).length / blocks.length;
    expect(share(() => true)).toBeGreaterThan(0.97);
    expect(
      share((block, partner) => territory.communeOf(block).code !== territory.communeOf(partner).code),
    ).toBeGreaterThan(0.9);
    expect(
      share(
        (block, partner) =>
          PREFIXES[block.prefixIndex]?.provinceCode !== PREFIXES[partner.prefixIndex]?.provinceCode,
      ),
    ).toBeGreaterThan(0.25);
  });
});
