import { foldSubtrees } from './compact-range.ts';
import { HASH_BYTES } from './merkle-hash.ts';

/** The perfect subtree over the leaves from `index * 2^level` up to but not `(index + 1) * 2^level`. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** A hash of a proof: the perfect subtrees that it is made of, largest first. One, but at the right edge of the tree. */
export type ProofPart = readonly TreeNode[];

/**
 * The proof's hashes in order. Where nodes are read asynchronously, read `parts.flat()` first. Throws what `nodeAt`
 * throws.
 */
export function proofOf(
  parts: readonly ProofPart[],
  nodeAt: (level: number, index: number) => Uint8Array,
): readonly Uint8Array[] {
  return parts.map((part) => foldSubtrees(part.map(({ level, index }) => nodeAt(level, index))));
}

/**
 * Perfect subtrees of the leaves from `begin` up to but not `end`, largest first, as RFC 9162 2.1.1 cuts them: `begin`
 * is a multiple of the largest.
 */
export function subtreesOf(begin: number, end: number): ProofPart {
  const nodes: TreeNode[] = [];
  let from = begin;
  let level = levelOf(end - begin);
  for (let width = 2 ** level; from < end; width /= 2, level--) {
    if (width > end - from) continue;
    nodes.push({ level, index: from / width });
    from += width;
  }
  return nodes;
}

/** A subtree on the way from the root down to a leaf, and the siblings left aside, the root's child first. */
export interface WayDown {
  readonly begin: number;
  readonly end: number;
  readonly siblings: readonly ProofPart[];
}

/** Goes from the root of `size` leaves towards leaf `index`, down to the first subtree that `isThere` takes. */
export function wayDown(
  index: number,
  size: number,
  isThere: (begin: number, end: number) => boolean,
): WayDown {
  const siblings: ProofPart[] = [];
  let begin = 0;
  let end = size;
  while (!isThere(begin, end)) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      siblings.push(subtreesOf(middle, end));
      end = middle;
    } else {
      siblings.push(subtreesOf(begin, middle));
      begin = middle;
    }
  }
  return { begin, end, siblings };
}

/** RFC 9162 2.1.1, k: the largest power of two smaller than `size`, which is at least 2. */
export function splitOf(size: number): number {
  return 2 ** levelOf(size - 1);
}

/** Height of the largest perfect subtree of that many leaves. Math.log2 rounds up just below large powers. */
function levelOf(size: number): number {
  const level = Math.floor(Math.log2(size));
  return 2 ** level > size ? level - 1 : level;
}

/** Checks a value that came from outside, where types prove nothing. */
export function isHash(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length === HASH_BYTES;
}

export function areHashes(values: readonly unknown[]): values is readonly Uint8Array[] {
  // `every` and `some` would pass over a hole.
  return Array.isArray(values) && values.findIndex((value) => !isHash(value)) < 0;
}

export function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Goes one level up. Bit operators would cut at 32 bits. */
export function half(index: number): number {
  return Math.floor(index / 2);
}
