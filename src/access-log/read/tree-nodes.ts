import { HASH_BYTES, nodeHash } from '../../log-format/tree/merkle-hash.ts';
import type { LogRows } from '../stores/log-rows.ts';
import { TILE_WIDTH } from '../stores/log-store.ts';
import { perfectRoot, TILE_HEIGHT } from '../write/group/growing-tree.ts';

/** Hash of the perfect subtree of height `level`, number `index`, within the tree that is stored. Rejects with RangeError. */
export type NodeAt = (level: number, index: number) => Promise<Uint8Array>;

/** Reads nodes from full tiles, and at the right edge from the leaves. */
export function createNodeAt(rows: LogRows, log: string): NodeAt {
  const tiles = new Map<string, Uint8Array | null>();
  const tileAt = async (level: number, number: number): Promise<Uint8Array | null> => {
    const name = `${level} ${number}`;
    const known = tiles.get(name);
    if (known !== undefined) return known;
    const tile =
      (await rows.tile(log, level, number)) ?? (level === 0 ? await partialTile(rows, log, number) : null);
    tiles.set(name, tile);
    return tile;
  };
  const nodeAt: NodeAt = async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const height = level % TILE_HEIGHT;
    const width = 2 ** height;
    const first = index * width;
    const tile = await tileAt(tileLevel, Math.floor(first / TILE_WIDTH));
    const from = (first % TILE_WIDTH) * HASH_BYTES;
    if (tile && tile.length >= from + width * HASH_BYTES) {
      return perfectRoot(
        Array.from({ length: width }, (_none, at) =>
          tile.subarray(from + at * HASH_BYTES, from + (at + 1) * HASH_BYTES),
        ),
      );
    }
    if (level === 0) throw new RangeError('not in the tree');
    return nodeHash(await nodeAt(level - 1, 2 * index), await nodeAt(level - 1, 2 * index + 1));
  };
  return nodeAt;
}

async function partialTile(rows: LogRows, log: string, number: number): Promise<Uint8Array | null> {
  const from = number * TILE_WIDTH;
  const found = await rows.leafHashes(log, from, from + TILE_WIDTH);
  if (!found) return null;
  return found.hashes.subarray((from - found.firstLeaf) * HASH_BYTES);
}
