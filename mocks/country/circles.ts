import type { BlockKey } from './identifiers/block-key.ts';
import { buildPermutation, type Permutation } from './identifiers/permutation.ts';

/** A third of the blocks marry into a block of anywhere, the others into one of their own prefix. */
const FAR = 3;
/** So many far blocks are paired crosswise, so that the distances between partners differ. */
const GROUP = 16;
/** The golden section: its multiples fall all over the country. */
const SECTION = 0.381_966;

/** Tells the blocks that are generated together: one or two, the same for each of them, in the same order. */
export type Circles = (block: BlockKey) => readonly BlockKey[];

/** How many of the first `count` numbers are divisible by FAR. */
function farAmong(count: number): number {
  return Math.ceil(count / FAR);
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}

/** Spreads neighbours over all numbers below `total`. */
function spread(total: number): Permutation {
  let step = Math.max(1, Math.round(total * SECTION));
  while (greatestDivisor(step, total) !== 1) step += 1;
  return buildPermutation(total, step);
}

/**
 * Pairs the blocks: every third with one of the whole country, in an order that a permutation spreads; between them,
 * neighbours in their prefix. What has no partner stays alone. Memory is one number for each prefix.
 */
export function pairBlocks(blocksOfPrefix: readonly number[]): Circles {
  let total = 0;
  const starts = blocksOfPrefix.map((count) => {
    const start = total;
    total += farAmong(count);
    return start;
  });
  const mix = spread(Math.max(1, total));

  /** The block with such a number among the far ones. */
  function farBlock(number: number): BlockKey {
    const prefixIndex = starts.findLastIndex(
      (start, index) => start <= number && (blocksOfPrefix[index] ?? 0) > 0,
    );
    return { prefixIndex, index: (number - (starts[prefixIndex] ?? 0)) * FAR };
  }

  function farCircle({ prefixIndex, index }: BlockKey): readonly BlockKey[] {
    const place = mix.backward((starts[prefixIndex] ?? 0) + index / FAR, 0);
    const start = place - (place % GROUP);
    const partner = start + GROUP - 1 - (place - start);
    return [Math.min(place, partner), Math.max(place, partner)]
      .filter((one) => one < total)
      .map((one) => farBlock(mix.forward(one, 0)));
  }

  function nearCircle({ prefixIndex, index }: BlockKey): readonly BlockKey[] {
    const first = index - (index % FAR) + 1;
    return [first, first + 1]
      .filter((one) => one < (blocksOfPrefix[prefixIndex] ?? 0))
      .map((one) => ({ prefixIndex, index: one }));
  }

  return (block) => (block.index % FAR === 0 ? farCircle(block) : nearCircle(block));
}
