/** The log's file in DATA_DIR; SQLite keeps `-wal` and `-shm` beside it. */
export const LOG_FILE = 'access-log.sqlite';

/** Stands in the file as `PRAGMA user_version`. A file of a later version is not opened. */
export const FORMAT_VERSION = 1;

/**
 * `answers` has a row an answer, `entries` a row a subject of it and at least one: about nobody where there is none.
 * Numbers in `seq` grow in the order of writing, so that entries are appended, not scattered.
 */
export const SCHEMA = `
  CREATE TABLE answers (
    seq               INTEGER PRIMARY KEY,
    id                TEXT    NOT NULL UNIQUE,  -- hex; the caller has it as X-Access-Entry
    time              INTEGER NOT NULL,         -- milliseconds since 1970
    instance          TEXT    NOT NULL,
    client            TEXT    NOT NULL,
    caller_kind       TEXT    NOT NULL,
    officer           TEXT    NOT NULL,         -- account, never a personal id
    purpose           TEXT,
    case_id           TEXT,
    agreement         TEXT,
    agreement_version INTEGER,
    operation_name    TEXT,
    operation_hash    TEXT,                     -- SHA-256 of the operation without its literals
    outcome           TEXT    NOT NULL CHECK (outcome IN ('answered', 'refused')),
    code              TEXT,
    request_id        TEXT    NOT NULL,
    trace_id          TEXT    NOT NULL,
    search_key_id     TEXT    NOT NULL,         -- log-search key behind the entries' subject_index
    seal_key_id       TEXT    NOT NULL,         -- log-seal key behind sealed_subjects
    sealed_subjects   BLOB                      -- kinds and keys of all subjects, in the order of n; null: nobody
  ) STRICT;
  CREATE INDEX answers_by_time    ON answers (time);
  CREATE INDEX answers_by_client  ON answers (client, time);
  CREATE INDEX answers_by_officer ON answers (officer, time);

  CREATE TABLE entries (
    answer        INTEGER NOT NULL REFERENCES answers (seq),
    n             INTEGER NOT NULL,             -- from 0
    subject_kind  TEXT    NOT NULL,
    subject_index BLOB,                         -- keyed hash of kind and key, 16 bytes; null: nobody
    outcome       TEXT    NOT NULL,
    disclosed     TEXT    NOT NULL,             -- JSON [{register, coordinates, cached, upstream}], never a value
    PRIMARY KEY (answer, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_subject ON entries (subject_index) WHERE subject_index IS NOT NULL;

  -- Written and removed while the log is in trouble, to see whether it can be written again.
  CREATE TABLE probes (filling BLOB NOT NULL) STRICT;
`;
