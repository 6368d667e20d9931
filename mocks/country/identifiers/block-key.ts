import { MAX_BLOCKS_PER_PREFIX } from '../reference.ts';

/**
 * The place of a block: the prefix of its personal ids (index into IDENTIFIER_PREFIXES) and its number there.
 */
export interface BlockKey {
  readonly prefixIndex: number;
  readonly index: number;
}

/** The block's place as a single number, below 63 * 25,000. */
export function blockNumber(block: BlockKey): number {
  return block.prefixIndex * MAX_BLOCKS_PER_PREFIX + block.index;
}

export function blockOfNumber(number: number): BlockKey {
  return {
    prefixIndex: Math.floor(number / MAX_BLOCKS_PER_PREFIX),
    index: number % MAX_BLOCKS_PER_PREFIX,
  };
}

export function isSameBlock(one: BlockKey, other: BlockKey): boolean {
  return one.prefixIndex === other.prefixIndex && one.index === other.index;
}
