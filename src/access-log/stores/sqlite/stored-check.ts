import type { DatabaseSync } from 'node:sqlite';
import { FOREIGN_TRIGGER, ROWS_NOT_STORED, StoreFault, type GroupRows } from '../log-store.ts';

/** Condition that finds one wrapped data key. */
export const SEAL_KEY = 'seal_keys WHERE id = ? AND wrapped_by = ?';

/**
 * Builds the check that all rows of a group are in the file, as they were given, before it is committed. A trigger can
 * swallow an insert (`RAISE(IGNORE)`), and SQLite reports no error. Throws StoreFault `rows-not-stored`.
 */
export function storedCheck(database: DatabaseSync): (group: GroupRows) => void {
  const groupAt = database.prepare(
    'SELECT count(*) AS n FROM groups WHERE first_leaf = ? AND leaves = ? AND note = ? AND sealed = ? AND leaf_hashes = ?',
  );
  const answersIn = database.prepare(
    `SELECT count(*) AS n, total(leaves) AS leaves, total(length(head) + length(tails)) AS characters FROM answers
     WHERE first_leaf >= ? AND first_leaf < ?`,
  );
  return ({ firstLeaf, leaves, note, sealed, leafHashes, answers, tiles, keys, documents }) => {
    const groups = groupAt.get(firstLeaf, leaves, note, sealed, leafHashes)?.['n'];
    const found = answersIn.get(firstLeaf, firstLeaf + leaves);
    const characters = answers.reduce((sum, { head, tails }) => sum + lengthOf(head) + lengthOf(tails), 0);
    const areThere =
      groups === 1 &&
      found?.['n'] === answers.length &&
      found['leaves'] === leaves &&
      found['characters'] === characters;
    if (!areThere) throw new StoreFault(ROWS_NOT_STORED, false);
    mustHoldAll(
      database,
      'tiles WHERE level = ? AND number = ? AND root = ?',
      tiles.map(({ level, number, root }) => [level, number, root]),
    );
    mustHoldAll(
      database,
      SEAL_KEY,
      keys.map(({ id, wrappedBy }) => [id, wrappedBy]),
    );
    mustHoldAll(
      database,
      'documents WHERE digest = ?',
      documents.map(({ digest }) => [digest]),
    );
  };
}

/** Throws StoreFault `rows-not-stored` where a row that was inserted is not there. */
export function mustHoldAll(
  database: DatabaseSync,
  fromWhere: string,
  rows: readonly (readonly (string | number | Uint8Array)[])[],
): void {
  if (rows.length === 0) return;
  const find = database.prepare(`SELECT 1 FROM ${fromWhere}`);
  for (const row of rows) if (!find.get(...row)) throw new StoreFault(ROWS_NOT_STORED, false);
}

/** Throws StoreFault `foreign-trigger` where a trigger stands in the file: the gateway makes none. */
export function mustHaveNoTrigger(database: DatabaseSync): void {
  const trigger = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'trigger'").get();
  if (trigger) throw new StoreFault(FOREIGN_TRIGGER, false);
}

/** SQLite counts code points; pairs of surrogates are one each. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd8_00 && unit <= 0xdb_ff) length -= 1;
  }
  return length;
}
