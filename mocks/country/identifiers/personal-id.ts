import { MAX_BLOCKS_PER_PREFIX, SAME_YEAR_PERSONS } from '../reference.ts';
import { IDENTIFIER_PREFIXES } from '../../../src/units/identifier-prefixes.ts';
import { hash } from '../random.ts';
import type { BlockKey } from './block-key.ts';
import { buildPermutation } from './permutation.ts';

const permutation = buildPermutation(100_000, 38_737);
const prefixIndexes = new Map(IDENTIFIER_PREFIXES.map(({ prefix }, index) => [prefix, index]));

/**
 * PPP + G + YY + six digits (Decree 137/2015 art. 13). All synthetic ids have 9 as first of the six; the other five
 * hide the block and a counter for persons of the same prefix, sex and year (modelled).
 */
export function encodePersonalId(
  seed: number,
  block: BlockKey,
  sex: 1 | 2,
  birthYear: number,
  counter: number,
): string {
  const prefix = IDENTIFIER_PREFIXES[block.prefixIndex]?.prefix ?? '';
  const century = Math.floor(birthYear / 100) - 19;
  const sexAndYear = (century * 2 + sex - 1) * 100 + (birthYear % 100);
  const value = permutation.forward(
    block.index * SAME_YEAR_PERSONS + counter,
    hash(seed, block.prefixIndex, sexAndYear),
  );
  return `${prefix}${String(sexAndYear).padStart(3, '0')}9${String(value).padStart(5, '0')}`;
}

/** The block that an id belongs to, whether or not it was given to somebody; undefined for a malformed or foreign id. */
export function decodePersonalId(seed: number, personalId: string): BlockKey | undefined {
  if (!/^\d{6}9\d{5}$/.test(personalId)) return undefined;
  const prefixIndex = prefixIndexes.get(personalId.slice(0, 3));
  if (prefixIndex === undefined) return undefined;
  const offset = hash(seed, prefixIndex, Number(personalId.slice(3, 6)));
  const value = permutation.backward(Number(personalId.slice(7)), offset);
  const index = Math.floor(value / SAME_YEAR_PERSONS);
  return index < MAX_BLOCKS_PER_PREFIX ? { prefixIndex, index } : undefined;
}
