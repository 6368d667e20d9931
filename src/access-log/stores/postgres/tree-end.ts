import { BEHIND, StoreFault, TREE_NOT_GENUINE, type StoredTree } from '../log-store.ts';
import { readStoredTree, type TreeRows } from '../stored-tree.ts';
import type { Connection } from './connection.ts';

interface TreeEnd {
  readonly position_at: number | null;
  readonly group_end: number | null;
  readonly note: string | null;
  readonly answers_end: number | null;
}

/** Reads the end of the log with the rights of its writer. Rejects with StoreFault. */
export async function treeRows(connection: Connection, log: string): Promise<TreeRows> {
  const [found] = await connection.query<TreeEnd>('SELECT * FROM access_log.tree_end($1)', [log]);
  const { position_at = null, group_end = null, note = null, answers_end = null } = found ?? {};
  const [head] = await connection.query<{ text: string | null }>('SELECT access_log.last_head($1) AS text', [
    log,
  ]);
  const last = group_end === null || note === null ? null : { end: group_end, note };
  // A position whose group is gone.
  if (position_at !== null && !last) throw new StoreFault(TREE_NOT_GENUINE, false);
  return {
    last,
    answersEnd: answers_end,
    lastHead: head?.text ?? null,
    async leafHashes(after) {
      const rows = await connection.query<{ first_leaf: number; leaf_hashes: Buffer }>(
        'SELECT * FROM access_log.tail_hashes($1, $2)',
        [log, after],
      );
      const [first] = rows;
      if (!first) return null;
      return { firstLeaf: first.first_leaf, hashes: Buffer.concat(rows.map((row) => row.leaf_hashes)) };
    },
    async tileRoots(level, from) {
      const rows = await connection.query<{ root: Buffer }>(
        'SELECT * FROM access_log.tile_roots($1, $2, $3)',
        [log, level, from],
      );
      return rows.map(({ root }) => root);
    },
  };
}

/** Others wait for this one's turn a second and no more: what is read in part, since they went on, is not broken. */
export async function buildOnTree<Built>(
  connection: Connection,
  log: string,
  build: (tree: StoredTree) => Built,
): Promise<Built> {
  const rows = await treeRows(connection, log);
  try {
    return build(await readStoredTree(rows));
  } catch (error) {
    if (error instanceof StoreFault && error.code !== TREE_NOT_GENUINE) throw error;
    const now = await treeRows(connection, log);
    throw now.last?.end === rows.last?.end ? error : new StoreFault(BEHIND, false);
  }
}
