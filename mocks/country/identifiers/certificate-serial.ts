import { IDENTIFIER_PREFIXES } from '../../../src/units/identifier-prefixes.ts';
import { hash } from '../random.ts';
import { MAX_BLOCKS_PER_PREFIX } from '../reference.ts';
import { blockNumber, blockOfNumber, type BlockKey } from './block-key.ts';
import { decodeItem, encodeItem } from './numbered-item.ts';
import { buildPermutation } from './permutation.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Older serials are scarce: 26 million for each first letter, so at most 16 of each for a block. */
export const OLD_SERIALS_PER_BLOCK = 16;
const oldSerials = buildPermutation(26_000_000, 2_718_281);
const BLOCKS = IDENTIFIER_PREFIXES.length * MAX_BLOCKS_PER_PREFIX;

/** Printing series by year of issue: A 2004-2009, B to 2014, C and D to 2024 (modelled where they overlap). */
export const SERIES = [
  { letter: 'A', from: 2004, to: 2008 },
  { letter: 'B', from: 2009, to: 2013 },
  { letter: 'C', from: 2014, to: 2018 },
  { letter: 'D', from: 2019, to: 2024 },
] as const;

/** Serials since 2025 have two letters and eight digits, `AA 00000001`. */
export function encodeNewSerial(seed: number, block: BlockKey, item: number): string {
  const code = encodeItem(hash(seed, 0xce), block, item);
  const second = LETTERS[Math.floor(code / 100_000_000)] ?? '';
  return `A${second} ${String(code % 100_000_000).padStart(8, '0')}`;
}

/** 2004 to 2024: two letters and six digits, `BX 123456`; `item` is below OLD_SERIALS_PER_BLOCK for each series. */
export function encodeOldSerial(seed: number, block: BlockKey, series: number, item: number): string {
  const code = oldSerials.forward(
    blockNumber(block) * OLD_SERIALS_PER_BLOCK + item,
    hash(seed, 0xce, series),
  );
  const second = LETTERS[Math.floor(code / 1_000_000)] ?? '';
  return `${SERIES[series]?.letter ?? ''}${second} ${String(code % 1_000_000).padStart(6, '0')}`;
}

/** Serials are written in many ways: upper case, one space before the digits; undefined where malformed. */
export function normaliseSerial(serial: string): string | undefined {
  const match = /^([A-Z]{2})(\d{8}|\d{6})$/.exec(serial.toUpperCase().replaceAll(/[\s.]/g, ''));
  return match === null ? undefined : `${match[1]} ${match[2]}`;
}

/** The block of a normalised serial; undefined where it stands for none. */
export function decodeSerial(seed: number, serial: string): BlockKey | undefined {
  const second = LETTERS.indexOf(serial[1] ?? '');
  const digits = serial.slice(3);
  if (digits.length === 8) {
    const code = second * 100_000_000 + Number(digits);
    return serial.startsWith('A') && code < 2 ** 30 ? decodeItem(hash(seed, 0xce), code) : undefined;
  }
  const series = SERIES.findIndex(({ letter }) => letter === serial[0]);
  if (series < 0) return undefined;
  const code = oldSerials.backward(second * 1_000_000 + Number(digits), hash(seed, 0xce, series));
  const number = Math.floor(code / OLD_SERIALS_PER_BLOCK);
  return number < BLOCKS ? blockOfNumber(number) : undefined;
}
