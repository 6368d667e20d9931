import { CompactRange } from '../../../log-format/tree/compact-range.ts';
import { HASH_BYTES, nodeHash } from '../../../log-format/tree/merkle-hash.ts';
import { TILE_WIDTH, type StoredTree, type TileRow } from '../../stores/log-store.ts';

export const TILE_HEIGHT = 8;

/**
 * The tree at its growing edge, with the tiles that are not full yet. Cheap to fork, because a group that is not committed
 * must leave no trace.
 */
export class GrowingTree {
  readonly #range: CompactRange;
  /** The hashes of the last tile of each level, which is not full. */
  readonly #partial: Uint8Array[][];
  readonly #filled: TileRow[] = [];

  private constructor(range: CompactRange, partial: Uint8Array[][]) {
    this.#range = range;
    this.#partial = partial;
  }

  /** Throws RangeError where the partial tiles are not those of a tree of that size. */
  static restore({ size, partialTiles }: StoredTree): GrowingTree {
    let rest = size;
    const perfect: Uint8Array[] = [];
    for (const hashes of partialTiles) {
      if (hashes.length !== rest % TILE_WIDTH) throw new RangeError('a tile is missing');
      perfect.unshift(...perfectSubtrees(hashes));
      rest = Math.floor(rest / TILE_WIDTH);
    }
    if (rest > 0) throw new RangeError('a level is missing');
    return new GrowingTree(
      CompactRange.restore(size, perfect),
      partialTiles.map((hashes) => [...hashes]),
    );
  }

  get size(): number {
    return this.#range.size;
  }

  /** Tiles that have become full since the fork. */
  get filled(): readonly TileRow[] {
    return this.#filled;
  }

  root(): Uint8Array {
    return this.#range.root();
  }

  fork(): GrowingTree {
    return new GrowingTree(
      this.#range.copy(),
      this.#partial.map((hashes) => [...hashes]),
    );
  }

  append(leafHash: Uint8Array): void {
    (this.#partial[0] ??= []).push(leafHash);
    this.#range.append(leafHash, (height, root) => {
      if (height % TILE_HEIGHT === 0) this.#fill(height / TILE_HEIGHT - 1, root);
    });
  }

  /** The root of a tile is a hash of the one above it. */
  #fill(level: number, root: Uint8Array): void {
    const hashes = Buffer.concat(this.#partial[level] ?? []);
    const number = Math.floor(this.#range.size / TILE_WIDTH ** (level + 1));
    this.#filled.push({ level, number, hashes, root });
    this.#partial[level] = [];
    (this.#partial[level + 1] ??= []).push(root);
  }
}

/** Root of a power of two of hashes. */
export function perfectRoot(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2)
      above.push(nodeHash(hashAt(level, at), hashAt(level, at + 1)));
    level = above;
  }
  return hashAt(level, 0);
}

/** Roots of the perfect subtrees of fewer than a tile's hashes, largest first. */
function perfectSubtrees(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  const roots: Uint8Array[] = [];
  let from = 0;
  for (let width = TILE_WIDTH / 2; width >= 1; width /= 2) {
    if ((hashes.length & width) === 0) continue;
    roots.push(perfectRoot(hashes.slice(from, from + width)));
    from += width;
  }
  return roots;
}

function hashAt(hashes: readonly Uint8Array[], at: number): Uint8Array {
  const hash = hashes[at];
  if (hash?.length !== HASH_BYTES) throw new RangeError('a hash is missing');
  return hash;
}
