import { describe, expect, it } from 'vitest';
import {
  equalBytes,
  joinBytes,
  readUint32,
  readUint64,
  uint32Bytes,
  uint64Bytes,
  utf8Bytes,
  utf8Text,
} from '../../src/log-format/bytes.ts';
import { isSameSecret } from '../../src/log-format/crypto.ts';

describe('bytes', () => {
  it('compares every byte and the length', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(equalBytes(bytes, Uint8Array.of(1, 2, 3))).toBe(true);
    for (let at = 0; at < 3; at++) {
      expect(
        equalBytes(
          bytes,
          bytes.map((one, place) => (place === at ? one ^ 1 : one)),
        ),
      ).toBe(false);
    }
    expect(equalBytes(bytes, bytes.subarray(0, 2))).toBe(false);
    expect(equalBytes(bytes.subarray(0, 2), bytes)).toBe(false);
    expect(equalBytes(null, new Uint8Array(0))).toBe(false);
    expect(equalBytes(undefined, new Uint8Array(0))).toBe(false);
  });

  it('compares secrets of any length', () => {
    expect(isSameSecret('abc', 'abc')).toBe(true);
    expect(isSameSecret('abc', 'abd')).toBe(false);
    expect(isSameSecret('abc', 'ab')).toBe(false);
  });

  it('writes numbers big-endian, also from the middle of a larger block', () => {
    expect(uint32Bytes(0xfedc_ba98)).toEqual(Uint8Array.of(0xfe, 0xdc, 0xba, 0x98));
    expect(uint64Bytes(258n)).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 2));
    const block = joinBytes(Uint8Array.of(9), uint32Bytes(0xfedc_ba98), uint64Bytes(2n ** 64n - 1n));
    expect(readUint32(block.subarray(1))).toBe(0xfedc_ba98);
    expect(readUint64(block.subarray(5))).toBe(2n ** 64n - 1n);
    expect(() => uint64Bytes(-1n)).toThrow(RangeError);
    expect(() => uint64Bytes(2n ** 64n)).toThrow(RangeError);
  });

  it('reads UTF-8 and nothing else, a byte order mark included', () => {
    expect(utf8Text(utf8Bytes('\ufeffNguyễn 😀'))).toBe('\ufeffNguyễn 😀');
    expect(utf8Text(Uint8Array.of(0xc3))).toBeNull();
    expect(utf8Text(Uint8Array.of(0xed, 0xa0, 0x80))).toBeNull();
  });
});
