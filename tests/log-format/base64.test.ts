import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../src/log-format/base64.ts';

describe('base64', () => {
  it('writes and reads what Node writes, at every length up to 100', () => {
    for (let length = 0; length <= 100; length++) {
      const bytes = Uint8Array.from({ length }, (_none, at) => (at * 89 + length * 31) & 255);
      const text = Buffer.from(bytes).toString('base64');
      expect(encodeBase64(bytes)).toBe(text);
      expect(decodeBase64(text)).toEqual(bytes);
    }
  });

  it.each([
    ['no padding', 'YQ'],
    ['too much padding', 'YWI=='],
    ['padding alone', '===='],
    ['padding inside', 'YQ==YQ=='],
    ['unused bits that are not zero', 'YR=='],
    ['two unused bits that are not zero', 'YWJ='],
    ['the alphabet of base64url', '-_-_'],
    ['a space', 'YW Jj'],
    ['a line end', 'YWJj\n'],
    ['a letter beyond ASCII', 'YWJé'],
    ['a letter beyond 16 bits', 'YW😀'],
  ])('refuses %s', (_name, text) => {
    expect(decodeBase64(text)).toBeNull();
  });
});
