import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

/** RFC 9162 2.1.1: the root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

const LEAF = '\u0000';

/** RFC 9162 2.1.1, `SHA-256(0x00 || entry)`: no leaf passes for a node. */
export function leafHash(entry: string): Buffer {
  return sha256(LEAF + entry);
}

/** The same of entries that begin alike: what they begin with, often the longer part, is made into bytes once. */
export function createLeafHasher(start: string): (end: string) => Buffer {
  const begin = Buffer.from(LEAF + start, 'utf8');
  let bytes = begin;
  return (end) => {
    const most = begin.length + 3 * end.length;
    if (bytes.length < most) bytes = Buffer.concat([begin], 2 * most);
    const length = begin.length + bytes.write(end, begin.length, 'utf8');
    return sha256(bytes.subarray(0, length));
  };
}

const node = Buffer.alloc(1 + 2 * HASH_BYTES);
node[0] = 1;

/** RFC 9162 2.1.1, `SHA-256(0x01 || left || right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}

/** The output `buffer` gives each digest a memory block of its own, which costs as much again and more to collect. */
function sha256(data: string | Buffer): Buffer {
  const digest = Buffer.allocUnsafe(HASH_BYTES);
  digest.write(hash('sha256', data, 'binary'), 'binary');
  return digest;
}
