import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './merkle-hash.ts';

/**
 * The right edge of a growing tree (RFC 9162 2.1.2): the hashes of the perfect subtrees that make it up, one a set bit
 * of its size. All that is needed to append and to know the root.
 */
export class CompactRange {
  #size = 0;
  /** Largest first. The hashes are never written to, so that copies share them. */
  #hashes: Uint8Array[] = [];

  /**
   * Restores a range from what `hashes` gave. Throws RangeError where the size is no safe integer from 0, or does not
   * have that many subtrees: a log that is restored from a file must not go on with half of it.
   */
  static restore(size: number, hashes: readonly Uint8Array[]): CompactRange {
    if (subtreesOf(size) !== hashes.length || hashes.some((hash) => hash.length !== HASH_BYTES)) {
      throw new RangeError('these are not the subtrees of a tree of that size');
    }
    const range = new CompactRange();
    range.#size = size;
    range.#hashes = [...hashes];
    return range;
  }

  /** Number of leaves. */
  get size(): number {
    return this.#size;
  }

  /** Hashes of the perfect subtrees, largest first; as many as the size has set bits. */
  get hashes(): readonly Uint8Array[] {
    return [...this.#hashes];
  }

  /**
   * Takes the hash (32 bytes) of the next leaf, and keeps it. One node hash, amortised. `onNode` is told of each subtree of 2^level
   * leaves, 1 and up, that becomes perfect with it.
   */
  append(leafHash: Uint8Array, onNode?: (level: number, hash: Uint8Array) => void): void {
    let hash = leafHash;
    let level = 0;
    // Each trailing one bit of the size is a subtree as large as the one that has just become perfect.
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#hashes.pop();
      if (!left) break;
      hash = nodeHash(left, hash);
      level += 1;
      onNode?.(level, hash);
    }
    this.#hashes.push(hash);
    this.#size += 1;
  }

  /** RFC 9162 2.1.1, of the leaves so far; at most log2(size) node hashes. */
  root(): Uint8Array {
    return foldSubtrees(this.#hashes);
  }

  /** Independent of this one from now on: what is appended to one is not in the other. */
  copy(): CompactRange {
    const range = new CompactRange();
    range.#size = this.#size;
    range.#hashes = [...this.#hashes];
    return range;
  }
}

/** Root of the tree whose perfect subtrees, largest first, have these hashes. */
export function foldSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  let root: Uint8Array | null = null;
  for (let at = hashes.length - 1; at >= 0; at--) {
    const left = hashes[at];
    if (left) root = root === null ? left : nodeHash(left, root);
  }
  return root ?? EMPTY_ROOT;
}

/** Set bits; -1 for what is no size. Bit operators would cut at 32 bits. */
function subtreesOf(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0) return -1;
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}
