import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

/** RFC 9162 2.1.1: the root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

/** RFC 9162 2.1.1, `SHA-256(0x00 || entry)`: no leaf passes for a node. */
export function leafHash(entry: string): Buffer {
  return sha256(`\u0000${entry}`);
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
