import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  actPattern,
  type FullGroup,
  type LogRows,
  type StoredAnswer,
  type StoredGroup,
} from '../log-rows.ts';
import { StoreFault, type CosignatureRow, type DocumentRow, type SealKeyRow } from '../log-store.ts';
import { FORMAT_VERSION, LOG_FILE } from './log-schema.ts';

/** The queries of LogRows, answered at once: for threads of their own, commands and tests. */
export type SqliteRows = {
  readonly [Name in keyof LogRows]: LogRows[Name] extends (...given: infer Given) => Promise<infer Result>
    ? (...given: Given) => Result
    : never;
};

const ANSWER = `SELECT a.first_leaf AS firstLeaf, a.leaves, a.id, a.time, a.head, a.tails,
  (SELECT max(g.first_leaf) FROM groups g WHERE g.first_leaf <= a.first_leaf) AS "group" FROM answers a`;
const GROUP = `SELECT first_leaf AS firstLeaf, leaves, written, note, seal_key AS sealKey, sealed, leaf_hashes AS leafHashes
  FROM groups`;

/** Opens the log on a connection that cannot write. Throws StoreFault where the file is absent or of another format. */
export function openSqliteRows(directory: string): SqliteRows {
  const database = openReadOnly(join(resolve(directory), LOG_FILE));
  const log = String(database.prepare("SELECT value FROM meta WHERE name = 'log'").get()?.['value']);
  const byId = database.prepare(`${ANSWER} WHERE a.id = ?`);
  const holding = database.prepare(`${ANSWER} WHERE a.first_leaf <= ? ORDER BY a.first_leaf DESC LIMIT 1`);
  const groupAt = database.prepare(`${GROUP} WHERE first_leaf = ?`);
  const groupsFrom = database.prepare(
    `${GROUP} WHERE first_leaf >= (SELECT max(first_leaf) FROM groups WHERE first_leaf <= ?) ORDER BY first_leaf LIMIT ?`,
  );
  const answersIn = database.prepare(
    `SELECT first_leaf AS firstLeaf, leaves, id, time, head, tails FROM answers
     WHERE first_leaf >= ? AND first_leaf < ? ORDER BY first_leaf`,
  );
  const end = database.prepare(
    'SELECT first_leaf + leaves AS size, note FROM groups ORDER BY first_leaf DESC LIMIT 1',
  );
  const hashesFrom = database.prepare(
    `SELECT first_leaf AS firstLeaf, leaf_hashes AS hashes FROM groups
     WHERE first_leaf >= (SELECT max(first_leaf) FROM groups WHERE first_leaf <= ?) AND first_leaf < ? ORDER BY first_leaf`,
  );
  const tile = database.prepare('SELECT hashes FROM tiles WHERE level = ? AND number = ?');
  const sealKeys = database.prepare(
    'SELECT id, wrapped_by AS wrappedBy, wrapped FROM seal_keys WHERE id IN (SELECT value FROM json_each(?))',
  );
  const sealKeyIds = database.prepare('SELECT DISTINCT id FROM seal_keys WHERE id > ? ORDER BY id LIMIT ?');
  const newestAct = database.prepare(`${ANSWER} WHERE a.head LIKE ? ORDER BY a.first_leaf DESC LIMIT 1`);
  const firstAnswer = database.prepare('SELECT min(first_leaf) AS first FROM answers');
  const document = database.prepare('SELECT digest, text FROM documents WHERE digest = ?');
  const cosignedSize = database.prepare('SELECT max(size) AS size FROM cosignatures');
  const cosignatures = database.prepare(
    'SELECT size, line FROM cosignatures WHERE size BETWEEN ? AND ? ORDER BY size',
  );

  return {
    logs: () => [log],
    end: (name) =>
      name === log ? ((end.get() as { size: number; note: string } | undefined) ?? null) : null,
    answerById: (id) => {
      const row = byId.get(id) as Omit<StoredAnswer, 'log'> | undefined;
      return row ? { ...row, log } : null;
    },
    answersAt(name, leaves) {
      if (name !== log) return [];
      const found = new Map<number, StoredAnswer>();
      for (const leaf of leaves) {
        const row = holding.get(leaf) as Omit<StoredAnswer, 'log'> | undefined;
        if (row && leaf < row.firstLeaf + row.leaves) found.set(row.firstLeaf, { ...row, log });
      }
      return [...found.values()];
    },
    groupsAt: (name, firstLeaves) =>
      firstLeaves.flatMap((first) => {
        const row = groupAt.get(first) as Omit<StoredGroup, 'log'> | undefined;
        return row && name === log ? [{ ...row, log }] : [];
      }),
    groupsFrom(name, leaf, limit) {
      if (name !== log) return [];
      const rows = groupsFrom.all(leaf, limit) as unknown as readonly Omit<FullGroup, 'log' | 'answers'>[];
      return rows
        .filter((row) => row.firstLeaf + row.leaves > leaf)
        .map((row) => ({
          ...row,
          log,
          answers: answersIn.all(
            row.firstLeaf,
            row.firstLeaf + row.leaves,
          ) as unknown as FullGroup['answers'],
        }));
    },
    leafHashes(name, from, to) {
      const rows = hashesFrom.all(from, to) as unknown as readonly {
        firstLeaf: number;
        hashes: Uint8Array;
      }[];
      const [first] = rows;
      if (!first || name !== log) return null;
      return { firstLeaf: first.firstLeaf, hashes: Buffer.concat(rows.map(({ hashes }) => hashes)) };
    },
    tile(_name, level, number) {
      const row = tile.get(level, number) as { readonly hashes: Uint8Array } | undefined;
      return row ? Buffer.from(row.hashes) : null;
    },
    sealKeys: (ids) =>
      (sealKeys.all(JSON.stringify(ids)) as unknown as readonly SealKeyRow[]).map((row) => ({
        ...row,
        wrapped: Buffer.from(row.wrapped),
      })),
    sealKeyIds: (after, limit) => sealKeyIds.all(after, limit).map((row) => String(row['id'])),
    newestAct(name, purpose) {
      if (name !== log) return null;
      const row = newestAct.get(actPattern(purpose)) as Omit<StoredAnswer, 'log'> | undefined;
      return row ? { ...row, log } : null;
    },
    firstAnswer: (name) =>
      name === log ? ((firstAnswer.get() as { first: number | null } | undefined)?.first ?? null) : null,
    document: (digest) => (document.get(digest) as DocumentRow | undefined) ?? null,
    cosignatures: (_name, from, to = Number.MAX_SAFE_INTEGER) =>
      cosignatures.all(from, to) as unknown as readonly CosignatureRow[],
    cosignedSize: () => Number(cosignedSize.get()?.['size'] ?? 0),
    close: () => database.close(),
  };
}

function openReadOnly(path: string): DatabaseSync {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
  } catch {
    throw new StoreFault('file-gone', false);
  }
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  if (version !== FORMAT_VERSION) {
    database.close();
    throw new StoreFault('another-format', false);
  }
  return database;
}

/** Gives the rows as LogRows, for callers that work with any store. */
export function asLogRows(rows: SqliteRows): LogRows {
  return {
    logs: async () => rows.logs(),
    end: async (log) => rows.end(log),
    answerById: async (id) => rows.answerById(id),
    answersAt: async (log, leaves) => rows.answersAt(log, leaves),
    groupsAt: async (log, firstLeaves) => rows.groupsAt(log, firstLeaves),
    groupsFrom: async (log, leaf, limit) => rows.groupsFrom(log, leaf, limit),
    leafHashes: async (log, from, to) => rows.leafHashes(log, from, to),
    tile: async (log, level, number) => rows.tile(log, level, number),
    sealKeys: async (ids) => rows.sealKeys(ids),
    sealKeyIds: async (after, limit) => rows.sealKeyIds(after, limit),
    newestAct: async (log, purpose) => rows.newestAct(log, purpose),
    firstAnswer: async (log) => rows.firstAnswer(log),
    document: async (digest) => rows.document(digest),
    cosignatures: async (log, from, to) => rows.cosignatures(log, from, to),
    cosignedSize: async (log) => rows.cosignedSize(log),
    close: async () => rows.close(),
  };
}
