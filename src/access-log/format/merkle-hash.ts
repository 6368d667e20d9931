import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

/** RFC 9162 2.1.1: the root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

/** RFC 9162 2.1.1, `SHA-256(0x00 || entry)`: no leaf passes for a node. */
export function leafHash(entry: string): Buffer {
  return hash('sha256', `\u0000${entry}`, 'buffer');
}

const node = Buffer.alloc(1 + 2 * HASH_BYTES);
node[0] = 1;

/** RFC 9162 2.1.1, `SHA-256(0x01 || left || right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return hash('sha256', node, 'buffer');
}
