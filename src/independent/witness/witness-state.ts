import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EMPTY_ROOT } from '../../log-format/tree/merkle-hash.ts';

const STATE_FILE = 'witness.db';
export const WITNESS_STATE_LIMITS = {
  lockWait: {
    value: 1_000,
    unit: 'ms',
    why: 'Another process of the witness may hold the file for one write.',
  },
} as const;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS trees (
    origin TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    note TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

const HAS_TREES = `SELECT 1 FROM sqlite_schema WHERE name = 'trees'`;

// A process that came in between has changed size or root, and then nothing is written.
const ADVANCE = `
  INSERT INTO trees (origin, size, root, note) VALUES (:origin, :size, :root, :note)
  ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note
  WHERE trees.size = :knownSize AND trees.root = :knownRoot AND excluded.size >= trees.size`;

/** The latest tree that was cosigned for an origin. */
export interface WitnessedTree {
  readonly size: number;
  readonly root: Uint8Array;
  /** The note as submitted; null where nothing was cosigned yet, which is the empty tree. */
  readonly note: string | null;
}

export interface WitnessState {
  latest(origin: string): WitnessedTree;
  /**
   * Moves on to `next`. Once it returned true, `next` is on disk. It returns false, and writes nothing, where the
   * latest tree is no longer `known`. It throws where the file cannot be written.
   */
  advance(origin: string, known: WitnessedTree, next: WitnessedTree & { readonly note: string }): boolean;
  close(): void;
}

/** There is no state where there must be one. */
export class WitnessStateMissing extends Error {
  override readonly name = 'WitnessStateMissing';

  constructor() {
    super('what this witness signed is not there');
  }
}

/**
 * Opens the state of a witness. With `mayCreate` it makes the folder (0700) and the file (0600) if they are missing;
 * otherwise it throws WitnessStateMissing. It also throws the errors of the system and of SQLite.
 */
export function openWitnessState(directory: string, mayCreate: boolean): WitnessState {
  const path = join(resolve(directory), STATE_FILE);
  if (!mayCreate && !existsSync(path)) throw new WitnessStateMissing();
  const topMade = mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: WITNESS_STATE_LIMITS.lockWait.value });
  try {
    // An empty file is a database too, and remembers nothing.
    if (!mayCreate && !database.prepare(HAS_TREES).get()) throw new WitnessStateMissing();
    // FULL syncs the write-ahead log at each commit: what was promised survives the power.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${SCHEMA}`);
    syncFolders(dirname(path), dirname(topMade ?? path));
    return stateOver(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function stateOver(database: DatabaseSync): WitnessState {
  const select = database.prepare('SELECT size, root, note FROM trees WHERE origin = ?');
  const advance = database.prepare(ADVANCE);
  return {
    latest(origin) {
      const row = select.get(origin);
      if (!row) return { size: 0, root: EMPTY_ROOT, note: null };
      return {
        size: Number(row['size']),
        root: row['root'] as Uint8Array,
        note: String(row['note']),
      };
    },
    advance(origin, known, next) {
      const { size, root, note } = next;
      const { changes } = advance.run({
        origin,
        size,
        root,
        note,
        knownSize: known.size,
        knownRoot: known.root,
      });
      return changes === 1;
    },
    close: () => database.close(),
  };
}

/** A new name is durable when the folder that holds it is synced. */
function syncFolders(from: string, upTo: string): void {
  for (let folder = from; folder.length >= upTo.length; folder = dirname(folder)) {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (folder === dirname(folder)) break;
  }
}
