import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

type Inflate = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** Content codings (RFC 9110 section 8.4.1) that gateways in front of registers apply unasked. */
const CODINGS: Readonly<Record<string, Inflate>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Bytes as they were before a content coding; undefined where the coding is unknown. Rejects where they are damaged or too many. */
export async function decompress(
  bytes: Buffer,
  coding: string | undefined,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const name = (coding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return bytes;
  return CODINGS[name]?.(bytes, { maxOutputLength: maxBytes });
}

/**
 * The text of a body, without a byte order mark: UTF-8, or UTF-16 where a mark says so or the first character (`<`, `{` or
 * `[`) is written in two bytes (XML 1.0 appendix F). Undefined where the bytes are neither: decoding would put
 * replacement characters into names, silently.
 */
export function decodeText(bytes: Buffer): string | undefined {
  const utf16 = utf16Of(bytes);
  if (utf16 === undefined) {
    if (!isUtf8(bytes)) return undefined;
    const text = bytes.toString('utf8');
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }
  try {
    return new TextDecoder(utf16, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (second === 0 && isOpening(first)) return 'utf-16le';
  return first === 0 && isOpening(second) ? 'utf-16be' : undefined;
}

function isOpening(byte: number | undefined): boolean {
  return byte === 0x3c || byte === 0x7b || byte === 0x5b;
}
