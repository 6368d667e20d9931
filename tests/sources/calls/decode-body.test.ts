import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeText, decompress } from '../../../src/sources/calls/decode-body.ts';

const TEXT = '<Ten>Nguyễn Thị Đào</Ten>';
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, little end first', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16, little end first, with a mark', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
  ['UTF-16, big end first', bigEndian(TEXT)],
  ['UTF-16, big end first, with a mark', bigEndian(`\ufeff${TEXT}`)],
])('reads %s', (_what, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

test.each([
  ['Windows-1258', Buffer.from([0x3c, 0x61, 0x3e, 0xe3, 0x3c])],
  ['half a character of UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le').subarray(0, 9)],
  ['a lone surrogate', Buffer.from('\ufeff\ud800<', 'utf16le')],
])('refuses %s', (_what, bytes) => {
  expect(decodeText(bytes)).toBeUndefined();
});

test.each([
  ['gzip', gzipSync(TEXT)],
  ['GZIP', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['br', brotliCompressSync(TEXT)],
  ['identity', Buffer.from(TEXT)],
  [undefined, Buffer.from(TEXT)],
])('undoes %s', async (coding, bytes) => {
  expect((await decompress(bytes, coding, 1_000))?.toString()).toBe(TEXT);
});

test('refuses what grows beyond the limit, what is damaged and what is unknown', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  await expect(decompress(bomb, 'gzip', 100_000)).rejects.toThrow('larger than 100000 bytes');
  await expect(decompress(Buffer.from(TEXT), 'gzip', 100_000)).rejects.toThrow('incorrect header check');
  expect(await decompress(Buffer.from(TEXT), 'zstd', 100_000)).toBeUndefined();
});
