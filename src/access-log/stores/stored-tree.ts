import { HASH_BYTES } from '../../log-format/tree/merkle-hash.ts';
import { StoreFault, TILE_WIDTH, TREE_NOT_GENUINE, type StoredTree } from './log-store.ts';

/** The rows at a log's end, all of one moment, from which its tree goes on. */
export interface TreeRows {
  /** The last group; null in an empty log. */
  readonly last: { readonly end: number; readonly note: string } | null;
  /** The end of the last answer; null where there is none. */
  readonly answersEnd: number | null;
  /** The canonical head of the last answer, which states its time; null where there is none. */
  readonly lastHead: string | null;
  /** Leaf hashes of the groups that end after this leaf, in order, with the first of them. */
  leafHashes(after: number): Promise<{ readonly firstLeaf: number; readonly hashes: Uint8Array } | null>;
  /** Roots of the tiles of a level from this number on, in order. */
  tileRoots(level: number, from: number): Promise<readonly Uint8Array[]>;
}

/**
 * Reads the stored tree. Missing parts show here or when the tree is put together: its sizes or its root do not fit.
 */
export async function readStoredTree(rows: TreeRows): Promise<StoredTree> {
  // A last group that was removed leaves its answers behind. Answers without a group are never written.
  if (rows.answersEnd !== null && rows.answersEnd !== (rows.last?.end ?? 0)) {
    throw new StoreFault(TREE_NOT_GENUINE, false);
  }
  if (!rows.last) return { size: 0, note: null, partialTiles: [], lastTime: null };
  const { end: size, note } = rows.last;
  const partialTiles: (readonly Uint8Array[])[] = [await lastLeaves(rows, size)];
  let count = Math.floor(size / TILE_WIDTH);
  for (let level = 1; count > 0; level++) {
    partialTiles.push(await rows.tileRoots(level - 1, count - (count % TILE_WIDTH)));
    count = Math.floor(count / TILE_WIDTH);
  }
  return { size, note, partialTiles, lastTime: timeIn(rows.lastHead) };
}

async function lastLeaves(rows: TreeRows, size: number): Promise<readonly Uint8Array[]> {
  const from = size - (size % TILE_WIDTH);
  if (from === size) return [];
  const found = await rows.leafHashes(from);
  if (!found) return [];
  const { firstLeaf, hashes } = found;
  const leaves: Uint8Array[] = [];
  for (let at = (from - firstLeaf) * HASH_BYTES; at < hashes.length; at += HASH_BYTES) {
    leaves.push(Buffer.from(hashes.subarray(at, at + HASH_BYTES)));
  }
  return leaves;
}

/** The time that the entries of an answer state. The head is canonical JSON, in which a quote within a text is escaped. */
function timeIn(head: string | null): number | null {
  const time = /"time":(\d{1,16}),"traceId":"[0-9a-f]{32}"\}$/.exec(head ?? '')?.[1];
  return time === undefined ? null : Number(time);
}
