import { DIGEST_BYTES, sha256 } from '../crypto.ts';

export const HASH_BYTES = DIGEST_BYTES;

/** RFC 9162 2.1.1: the root of a tree without leaves. */
export const EMPTY_ROOT: Uint8Array = sha256('');

const LEAF = '\u0000';
const encoder = new TextEncoder();

/** RFC 9162 2.1.1, `SHA-256(0x00 || entry)`: no leaf passes for a node. */
export function leafHash(entry: string): Uint8Array {
  return sha256(LEAF + entry);
}

/** Hashes leaves that begin with the same text. That text, often the longer part, is made into bytes once. */
export function createLeafHasher(start: string): (end: string) => Uint8Array {
  const begin = encoder.encode(LEAF + start);
  let bytes = begin;
  let room = begin.subarray(begin.length);
  return (end) => {
    // One UTF-16 unit becomes at most three bytes of UTF-8.
    const most = begin.length + 3 * end.length;
    if (bytes.length < most) {
      bytes = new Uint8Array(2 * most);
      bytes.set(begin);
      room = bytes.subarray(begin.length);
    }
    const { written } = encoder.encodeInto(end, room);
    return sha256(bytes.subarray(0, begin.length + written));
  };
}

const node = new Uint8Array(1 + 2 * HASH_BYTES);
node[0] = 1;

/** RFC 9162 2.1.1, `SHA-256(0x01 || left || right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}
