import { IDENTIFIER_PREFIXES } from '../../../src/units/identifier-prefixes.ts';
import { MAX_BLOCKS_PER_PREFIX } from '../reference.ts';
import { blockNumber, blockOfNumber, type BlockKey } from './block-key.ts';
import { buildPermutation30 } from './permutation.ts';

/** Items of one kind in a block: 63 * 25,000 * 512 stays below 2^30. */
const ITEMS_PER_BLOCK = 512;

const permutation = buildPermutation30(0x2c1b3c6d);
const BLOCKS = IDENTIFIER_PREFIXES.length * MAX_BLOCKS_PER_PREFIX;

/** A number of 30 bits for an item of a block; `offset` keeps kinds of items apart. */
export function encodeItem(offset: number, block: BlockKey, item: number): number {
  return permutation.forward(blockNumber(block) * ITEMS_PER_BLOCK + item, offset);
}

/** The block of such a number; undefined where it stands for none. */
export function decodeItem(offset: number, code: number): BlockKey | undefined {
  const number = Math.floor(permutation.backward(code, offset) / ITEMS_PER_BLOCK);
  return number < BLOCKS ? blockOfNumber(number) : undefined;
}
