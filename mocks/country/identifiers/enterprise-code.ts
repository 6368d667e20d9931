import { MAX_BLOCKS_PER_PREFIX } from '../reference.ts';
import { hash } from '../random.ts';
import type { BlockKey } from './block-key.ts';
import { buildPermutation } from './permutation.ts';
import { PREFIXES } from '../prefixes.ts';

/** Numbers of a block, of which about 9 % are never issued. */
export const ENTERPRISES_PER_BLOCK = 400;

const permutation = buildPermutation(MAX_BLOCKS_PER_PREFIX * ENTERPRISES_PER_BLOCK, 3_141_593);
const taxOffices = new Map(PREFIXES.map(({ taxOffice }, index) => [taxOffice, index]));
const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** The tenth digit for nine given ones; undefined where the rule gives 10: such numbers are never issued. */
export function checkDigit(nine: string): number | undefined {
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += (WEIGHTS[place] ?? 0) * Number(nine[place]);
  const digit = 10 - (sum % 11);
  return digit === 10 ? undefined : digit;
}

/**
 * Ten digits: two of the tax office (the former province's), seven of a sequence, a check digit. Which seven digits
 * stand for which block is modelled; unlike personal ids there is no range that real enterprises cannot have.
 */
export function encodeEnterpriseCode(seed: number, block: BlockKey, item: number): string | undefined {
  const value = permutation.forward(
    block.index * ENTERPRISES_PER_BLOCK + item,
    hash(seed, block.prefixIndex, 0xe7),
  );
  const nine = `${PREFIXES[block.prefixIndex]?.taxOffice ?? ''}${String(value).padStart(7, '0')}`;
  const digit = checkDigit(nine);
  return digit === undefined ? undefined : `${nine}${digit}`;
}

/** The block of a ten-digit code; undefined where malformed, or with a wrong check digit, or of no tax office. */
export function decodeEnterpriseCode(seed: number, code: string): BlockKey | undefined {
  if (!/^\d{10}$/.test(code) || checkDigit(code.slice(0, 9)) !== Number(code[9])) return undefined;
  const prefixIndex = taxOffices.get(code.slice(0, 2));
  if (prefixIndex === undefined) return undefined;
  const value = permutation.backward(Number(code.slice(2, 9)), hash(seed, prefixIndex, 0xe7));
  return { prefixIndex, index: Math.floor(value / ENTERPRISES_PER_BLOCK) };
}
