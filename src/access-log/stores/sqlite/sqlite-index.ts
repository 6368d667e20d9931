import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  areSameAnswers,
  areSameGaps,
  additionOf,
  type Addition,
  type IndexBatch,
  type IndexDatabase,
  type IndexedAnswer,
  type IndexedGap,
  type IndexProgress,
  type SqlValue,
} from '../index-database.ts';

const INDEX_FILE = 'access-log-index.sqlite';
const VERSION = 5;

const SCHEMA = `
  CREATE TABLE progress (
    log       TEXT PRIMARY KEY,
    next_leaf INTEGER NOT NULL,
    tag_key   TEXT    NOT NULL,
    seal      TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE answers (
    first_leaf INTEGER PRIMARY KEY,
    log        TEXT    NOT NULL,
    leaves     INTEGER NOT NULL,
    time       INTEGER NOT NULL,
    client     TEXT    NOT NULL,
    officer    TEXT    NOT NULL,
    token_key  TEXT,
    purpose    TEXT,
    case_id    TEXT,
    outcome    TEXT    NOT NULL,
    registers  TEXT    NOT NULL
  ) STRICT;
  CREATE INDEX answers_by_time ON answers (time);
  CREATE INDEX answers_by_client ON answers (client, time);
  CREATE INDEX answers_by_officer ON answers (officer, time);
  CREATE INDEX answers_by_key ON answers (token_key, time);
  CREATE INDEX answers_by_case ON answers (case_id, time);
  CREATE TABLE subjects (
    tag  BLOB    NOT NULL,
    time INTEGER NOT NULL,
    log  TEXT    NOT NULL,
    leaf INTEGER NOT NULL,
    release INTEGER,
    cases   TEXT,
    PRIMARY KEY (tag, time, log, leaf)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE gaps (
    first_leaf INTEGER PRIMARY KEY,
    log        TEXT    NOT NULL,
    leaves     INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    until      INTEGER NOT NULL
  ) STRICT;
`;

/** A file of its own beside the log, so that filling it never holds the log's lock; an unreadable one is made anew. */
export function openSqliteIndex(directory: string): IndexDatabase {
  const path = join(resolve(directory), INDEX_FILE);
  let database: DatabaseSync;
  try {
    database = openIndex(path);
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    database = openIndex(path);
  }
  const insertAnswer = database.prepare(
    'INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertSubject = database.prepare('INSERT OR IGNORE INTO subjects VALUES (?, ?, ?, ?, ?, ?)');
  const insertGap = database.prepare('INSERT OR IGNORE INTO gaps VALUES (?, ?, ?, ?, ?)');
  const answersIn = database.prepare(
    `SELECT first_leaf AS firstLeaf, log, leaves, time, client, officer, token_key AS tokenKey, purpose, case_id AS caseId,
       outcome, registers FROM answers WHERE first_leaf >= ? AND first_leaf < ? ORDER BY first_leaf`,
  );
  const gapsIn = database.prepare(
    'SELECT first_leaf AS firstLeaf, leaves FROM gaps WHERE first_leaf >= ? AND first_leaf < ? ORDER BY first_leaf',
  );
  const subjectAt = database.prepare(
    `SELECT 1 FROM subjects WHERE tag = ? AND time = ? AND log = ? AND leaf = ? AND release IS ? AND cases IS ?`,
  );
  const replaceSubject = database.prepare('INSERT OR REPLACE INTO subjects VALUES (?, ?, ?, ?, ?, ?)');
  const setProgress = database.prepare(
    'INSERT INTO progress VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET next_leaf = excluded.next_leaf, seal = excluded.seal',
  );
  const progress = database.prepare(
    'SELECT next_leaf AS nextLeaf, tag_key AS "key", seal FROM progress WHERE log = ?',
  );
  const dataVersion = database.prepare('PRAGMA data_version');
  const progressOf = (log: string) => progress.get(log) as IndexProgress | undefined;

  const insertAnswers = (answers: IndexBatch['answers']): number => {
    let inserted = 0;
    for (const one of answers) {
      const { changes } = insertAnswer.run(
        one.firstLeaf,
        one.log,
        one.leaves,
        one.time,
        one.client,
        one.officer,
        one.tokenKey,
        one.purpose,
        one.caseId,
        one.outcome,
        one.registers,
      );
      inserted += Number(changes);
    }
    return inserted;
  };
  const insert = (batch: IndexBatch): Addition => {
    const { log, key, nextLeaf, seal, answers, subjects, gaps } = batch;
    const addition = additionOf(batch, progressOf(log) ?? null);
    if (addition !== 'added') return addition;
    let inserted = insertAnswers(answers);
    for (const { tag, time, leaf, release, cases } of subjects) {
      inserted += Number(insertSubject.run(tag, time, log, leaf, release, cases).changes);
    }
    for (const { firstLeaf, leaves, since, until } of gaps)
      inserted += Number(insertGap.run(firstLeaf, log, leaves, since, until).changes);
    setProgress.run(log, nextLeaf, key, seal);
    return inserted === answers.length + subjects.length + gaps.length ? 'added' : 'clashed';
  };

  return {
    schema: '',
    progress: async (log) => progressOf(log) ?? null,
    async forget() {
      database.exec(
        'BEGIN; DELETE FROM answers; DELETE FROM subjects; DELETE FROM gaps; DELETE FROM progress; COMMIT',
      );
    },
    async removeBefore(_log, leaf) {
      database.exec('PRAGMA secure_delete = ON');
      database.prepare('DELETE FROM answers WHERE first_leaf < ?').run(leaf);
      database.prepare('DELETE FROM subjects WHERE leaf < ?').run(leaf);
      database.prepare('DELETE FROM gaps WHERE first_leaf < ?').run(leaf);
    },
    async add(batch) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const addition = insert(batch);
        database.exec('COMMIT');
        return addition;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async holds({ log, from, to, answers, subjects, gaps }) {
      const found = answersIn.all(from, to) as unknown as readonly IndexedAnswer[];
      const missing = gapsIn.all(from, to) as unknown as readonly Pick<IndexedGap, 'firstLeaf' | 'leaves'>[];
      return (
        areSameAnswers(found, answers) &&
        areSameGaps(missing, gaps) &&
        subjects.every(({ tag, time, leaf, release, cases }) =>
          Boolean(subjectAt.get(tag, time, log, leaf, release, cases)),
        )
      );
    },
    async replace({ log, from, to, answers, subjects, gaps }) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const table of ['answers', 'gaps']) {
          database.prepare(`DELETE FROM ${table} WHERE first_leaf >= ? AND first_leaf < ?`).run(from, to);
        }
        insertAnswers(answers);
        for (const { tag, time, leaf, release, cases } of subjects) {
          replaceSubject.run(tag, time, log, leaf, release, cases);
        }
        for (const { firstLeaf, leaves, since, until } of gaps)
          insertGap.run(firstLeaf, log, leaves, since, until);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    // Another one than before once another connection has committed to the file.
    changeMark: async () => Number(dataVersion.get()?.['data_version'] ?? 0),
    all: async <Row>(sql: string, values: readonly SqlValue[]) =>
      database.prepare(sql).all(...values) as unknown as readonly Row[],
    close: async () => database.close(),
  };
}

function openIndex(path: string): DatabaseSync {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const database = new DatabaseSync(path, { timeout: 1_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    // Rows that a power cut takes back are indexed again.
    database.exec('PRAGMA synchronous = NORMAL');
    database.exec('PRAGMA cache_size = -65536');
    // Tags come in no order: a page that many batches touched is copied back once.
    database.exec('PRAGMA wal_autocheckpoint = 16000');
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (version === 0) database.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT`);
    else if (version !== VERSION) throw new Error('another version');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
