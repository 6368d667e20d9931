import type { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../../../config/limits.ts';
import {
  BEHIND,
  RECORD_REFUSED,
  StoreFault,
  type CosignatureRow,
  type GroupRows,
  type LogStoreWriter,
  type StoredTree,
} from '../log-store.ts';
import { readStoredTree, type TreeRows } from '../stored-tree.ts';
import { openLogFile, type SqliteLogFile } from './sqlite-log-file.ts';
import { mustHoldAll, SEAL_KEY, storedCheck } from './stored-check.ts';

const SQLITE_CONSTRAINT = 19;
export const SQLITE_PROBE_LIMITS = {
  probe: {
    value: 65_536,
    unit: 'bytes',
    why: 'A probe is as large as a group, so that it fails where the next group would.',
  },
} as const satisfies Limits;

export interface SqliteStoreSettings {
  /** DATA_DIR; made with mode 0700 where absent. */
  readonly directory: string;
  readonly log: string;
  /** Bound of the file in pages of 4,096 bytes; null: none. */
  readonly maxPages: number | null;
}

/** Embedded: one file, synchronous, hence for a thread of its own. */
export function createSqliteStore(settings: SqliteStoreSettings): LogStoreWriter {
  let open: { readonly file: SqliteLogFile; readonly write: (group: GroupRows) => void } | null = null;
  const opened = () => {
    if (!open) throw new StoreFault('not-open', false);
    return open;
  };
  return {
    async open(mayCreate) {
      return faults(false, async () => {
        const file = openLogFile({ ...settings, mayCreate });
        const insert = groupWriter(file.database);
        const mustBeStored = storedCheck(file.database);
        const write = (group: GroupRows): void => {
          insert(group);
          mustBeStored(group);
        };
        open = { file, write };
        return file.predecessor;
      });
    },
    async readTree() {
      const { database } = opened().file;
      return faults(false, () => atOneMoment(database, () => readStoredTree(treeRows(database))));
    },
    async commit(group) {
      const { file, write } = opened();
      begin(file);
      writeAndEnd(file, write, group);
    },
    async commitNext(build) {
      const { file, write } = opened();
      begin(file);
      const built = await builtOrRolledBack(file.database, build);
      writeAndEnd(file, write, built.rows);
      return built;
    },
    async addCosignatures(rows) {
      const { file } = opened();
      begin(file);
      faultsNow(true, () => {
        insertCosignatures(file.database, rows);
        file.database.exec('COMMIT');
      });
    },
    async addSealKeys(rows) {
      const { file } = opened();
      begin(file);
      faultsNow(true, () => {
        const insert = file.database.prepare('INSERT OR IGNORE INTO seal_keys VALUES (?, ?, ?)');
        for (const { id, wrappedBy, wrapped } of rows) insert.run(id, wrappedBy, wrapped);
        mustHoldAll(
          file.database,
          SEAL_KEY,
          rows.map(({ id, wrappedBy }) => [id, wrappedBy]),
        );
        file.database.exec('COMMIT');
      });
    },
    async probe() {
      const { file } = opened();
      faultsNow(true, () => {
        file.assertInPlace();
        file.database.exec(`INSERT INTO probes VALUES (zeroblob(${SQLITE_PROBE_LIMITS.probe.value}))`);
        file.database.exec('DELETE FROM probes');
        file.assertInPlace();
      });
    },
    async close() {
      open?.file.close();
      open = null;
    },
  };
}

function begin(file: SqliteLogFile): void {
  faultsNow(false, () => {
    file.assertInPlace();
    file.database.exec('BEGIN IMMEDIATE');
  });
}

function writeAndEnd(
  { database, assertInPlace }: SqliteLogFile,
  write: (group: GroupRows) => void,
  group: GroupRows,
): void {
  try {
    write(group);
  } catch (error) {
    throw refusalOf(error, database, group);
  }
  faultsNow(true, () => {
    database.exec('COMMIT');
    // Committed to a file that nobody can find is not on record.
    assertInPlace();
  });
}

function groupWriter(database: DatabaseSync): (group: GroupRows) => void {
  const insertGroup = database.prepare('INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const insertAnswer = database.prepare('INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?)');
  const insertTile = database.prepare('INSERT INTO tiles VALUES (?, ?, ?, ?)');
  const insertKey = database.prepare('INSERT OR IGNORE INTO seal_keys VALUES (?, ?, ?)');
  const insertDocument = database.prepare('INSERT OR IGNORE INTO documents VALUES (?, ?)');
  return (group) => {
    insertGroup.run(
      group.firstLeaf,
      group.leaves,
      group.written,
      group.month,
      group.note,
      group.sealKey,
      group.sealed,
      group.leafHashes,
    );
    for (const { firstLeaf, leaves, id, time, head, tails } of group.answers) {
      insertAnswer.run(firstLeaf, leaves, id, time, head, tails);
    }
    for (const { level, number, hashes, root } of group.tiles) insertTile.run(level, number, hashes, root);
    for (const { id, wrappedBy, wrapped } of group.keys) insertKey.run(id, wrappedBy, wrapped);
    for (const { digest, text } of group.documents) insertDocument.run(digest, text);
  };
}

function insertCosignatures(database: DatabaseSync, rows: readonly CosignatureRow[]): void {
  const insert = database.prepare('INSERT OR IGNORE INTO cosignatures VALUES (?, ?)');
  for (const { size, line } of rows) insert.run(size, line);
}

async function builtOrRolledBack<Built>(
  database: DatabaseSync,
  build: (tree: StoredTree) => Built,
): Promise<Built> {
  try {
    return build(await readStoredTree(treeRows(database)));
  } catch (error) {
    faultsNow(true, () => database.exec('ROLLBACK'));
    // An error about the record itself is passed on as it is.
    const isOfStore = error instanceof StoreFault || sqliteCodeOf(error) !== null || isSystemError(error);
    throw isOfStore ? faultOf(error, false) : error;
  }
}

/** Groups that another writer commits meanwhile would otherwise be read in part. */
async function atOneMoment(database: DatabaseSync, read: () => Promise<StoredTree>): Promise<StoredTree> {
  database.exec('BEGIN');
  try {
    return await read();
  } finally {
    database.exec('COMMIT');
  }
}

function treeRows(database: DatabaseSync): TreeRows {
  const lastAnswer = database
    .prepare('SELECT first_leaf + leaves AS end, head FROM answers ORDER BY first_leaf DESC LIMIT 1')
    .get() as { readonly end: number; readonly head: string } | undefined;
  const last = database
    .prepare('SELECT first_leaf + leaves AS end, note FROM groups ORDER BY first_leaf DESC LIMIT 1')
    .get() as { readonly end: number; readonly note: string } | undefined;
  return {
    last: last ?? null,
    answersEnd: lastAnswer?.end ?? null,
    lastHead: lastAnswer?.head ?? null,
    async leafHashes(after: number) {
      const rows = database
        .prepare(
          `SELECT first_leaf, leaf_hashes FROM groups
           WHERE first_leaf >= (SELECT max(first_leaf) FROM groups WHERE first_leaf <= ?) ORDER BY first_leaf`,
        )
        .all(after) as unknown as readonly {
        readonly first_leaf: number;
        readonly leaf_hashes: Uint8Array;
      }[];
      const [first] = rows;
      if (!first) return null;
      return { firstLeaf: first.first_leaf, hashes: Buffer.concat(rows.map((row) => row.leaf_hashes)) };
    },
    async tileRoots(level: number, from: number) {
      const rows = database
        .prepare('SELECT root FROM tiles WHERE level = ? AND number >= ? ORDER BY number')
        .all(level, from) as unknown as readonly { readonly root: Uint8Array }[];
      return rows.map(({ root }) => Buffer.from(root));
    },
  };
}

/** Rolls back what was refused for a reason of its own; what else failed leaves unknown what the file holds. */
function refusalOf(error: unknown, database: DatabaseSync, group: GroupRows): StoreFault {
  const code = sqliteCodeOf(error);
  const isOwn = error instanceof StoreFault;
  const isRefused = code === null ? !isSystemError(error) : code === SQLITE_CONSTRAINT;
  if (!isRefused && !isOwn) return faultOf(error, true);
  try {
    database.exec('ROLLBACK');
  } catch (failure) {
    return faultOf(failure, true);
  }
  if (isOwn) return faultOf(error, false);
  const taken = database.prepare('SELECT 1 FROM groups WHERE first_leaf = ?').get(group.firstLeaf);
  return new StoreFault(taken ? BEHIND : RECORD_REFUSED, false);
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code !== 'ERR_INVALID_ARG_TYPE';
}

async function faults<T>(isUncertain: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw faultOf(error, isUncertain);
  }
}

function faultsNow(isUncertain: boolean, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw faultOf(error, isUncertain);
  }
}

/** Never a message: SQLite's may quote values and paths. */
function faultOf(error: unknown, isUncertain: boolean): StoreFault {
  if (error instanceof StoreFault) return new StoreFault(error.code, isUncertain);
  const code = sqliteCodeOf(error);
  if (code !== null) return new StoreFault(`sqlite-${code}`, isUncertain);
  const name =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'failed';
  return new StoreFault(name, isUncertain);
}

/** Primary result code of SQLite, or null. */
function sqliteCodeOf(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}
