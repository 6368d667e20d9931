/** The log's file in DATA_DIR; SQLite keeps `-wal` and `-shm` beside it. */
export const LOG_FILE = 'access-log.sqlite';

/** Stands in the file as `PRAGMA user_version`. A file of a later version is not opened. */
export const FORMAT_VERSION = 2;

const ENTRIES_VIEW = `CREATE VIEW entries AS
    SELECT answers.seq AS answer, answers.id AS answer_id, entry.key AS n,
           entry.value ->> 0 AS subject_kind, entry.value ->> 1 AS outcome,
           entry.value -> 3 AS cases,
           (SELECT json_group_array(json_object(
                     'register', part.value ->> 0,
                     'coordinates', json(answers.packed -> ('$.lists[' || (part.value ->> 1) || ']')),
                     'cached', json(part.value -> 2),
                     'upstream', json(part.value -> 3)))
            FROM json_each(entry.value -> 2) AS part) AS disclosed
    FROM answers, json_each(answers.packed, '$.rows') AS entry;`;

/**
 * `answers` has a row an answer; its entries, one a subject and at least one, are packed in it and unpacked by the
 * view `entries`: written one by one they cost more than the rest of a request. Everything is appended; whatever
 * searches the log keeps an index of its own, so that reading never slows writing.
 */
export const SCHEMA = `
  CREATE TABLE groups (                         -- answers that were committed together
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,                  -- id of its first answer; the group's key is derived from it
    seal_key_id TEXT NOT NULL,                  -- log-seal key
    sealed      BLOB NOT NULL                   -- {answer id: [digest of packed, [[kind, key, rule], ...], citizen]}
  ) STRICT;

  CREATE TABLE answers (
    seq               INTEGER PRIMARY KEY,
    group_seq         INTEGER NOT NULL REFERENCES groups (seq),
    id                TEXT    NOT NULL UNIQUE,  -- the caller has it as X-Access-Entry
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
    reason            TEXT,                     -- behind a code that stands for several
    denied            TEXT,                     -- JSON [coordinate and code]: what the grant cut
    detail            TEXT,                     -- JSON: an act of the gateway itself
    request_id        TEXT    NOT NULL,
    trace_id          TEXT    NOT NULL,
    upstream          TEXT    NOT NULL,         -- JSON [{register, requestId}]: calls made for this answer
    packed            TEXT    NOT NULL          -- JSON, see record-columns.ts; coordinates, never a value
  ) STRICT;

  ${ENTRIES_VIEW}
  -- Written and removed while the log is in trouble, to see whether it can be written again.
  CREATE TABLE probes (filling BLOB NOT NULL) STRICT;
`;

/** What brings a file of an earlier version up to the next one; nothing that was written is touched. */
export const MIGRATIONS: Readonly<Record<number, string>> = {
  1: `
    ALTER TABLE answers ADD COLUMN reason TEXT;
    ALTER TABLE answers ADD COLUMN denied TEXT;
    ALTER TABLE answers ADD COLUMN detail TEXT;
    DROP VIEW entries;
    ${ENTRIES_VIEW}`,
};
