/** The log's file in DATA_DIR; SQLite keeps `-wal` and `-shm` beside it. */
export const LOG_FILE = 'access-log.sqlite';

/** Stands in the file as `PRAGMA user_version`. A file of a later version is not opened; 1 and 2 had no tree. */
export const FORMAT_VERSION = 3;

/** Every entry as it stands in the tree, for people who read the file by hand. Files of earlier versions get it anew. */
export const ENTRIES_VIEW = `CREATE VIEW entries AS
    SELECT answers.first_leaf + line.key AS leaf, answers.id AS answer_id, answers.time,
           '{"answer":' || head || line.value || ',"tree":{"index":' || (answers.first_leaf + line.key) || ',"log":"'
             || (SELECT value FROM meta WHERE name = 'log') || '"},"v":'
             || iif(instr(line.value, '],"commitments":{"answer":"') > 0 AND substr(line.value,
                  instr(line.value, '],"commitments":{"answer":"') + 70, 13) = '","findings":', 2, 1) || '}' AS entry
    FROM answers, json_each('["' || replace(replace(replace(tails, '\\', '\\\\'), '"', '\\"'), char(10), '","') || '"]') AS line`;

/**
 * `answers` has a row an answer; its entries, one a subject and at least one, lie in it a line each: written one by one they
 * cost more than the rest of a request. Everything is appended; what searches the log keeps an index of its own
 * (index-schema.ts), so that reading never slows writing.
 */
export const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE groups (                    -- entries that were committed together, closed by a checkpoint
    first_leaf  INTEGER PRIMARY KEY,       -- index in the tree
    leaves      INTEGER NOT NULL,
    written     INTEGER NOT NULL,          -- milliseconds since 1970
    month       INTEGER NOT NULL,          -- yyyymm of that, UTC
    note        TEXT    NOT NULL,          -- signed checkpoint of size first_leaf + leaves
    seal_key    TEXT    NOT NULL,
    sealed      BLOB    NOT NULL,          -- openings of the commitments, see sealed-openings.ts
    leaf_hashes BLOB    NOT NULL           -- 32 bytes an entry
  ) STRICT;

  CREATE TABLE answers (
    first_leaf INTEGER PRIMARY KEY,
    leaves     INTEGER NOT NULL,
    id         TEXT    NOT NULL UNIQUE,    -- the caller has it as X-Access-Entry
    time       INTEGER NOT NULL,           -- milliseconds since 1970
    head       TEXT    NOT NULL,           -- what its entries share, canonical JSON
    tails      TEXT    NOT NULL            -- a line an entry, see leaf-text.ts; coordinates, never a value
  ) STRICT;

  CREATE TABLE tiles (                     -- full ones only, of 256 hashes
    level  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB    NOT NULL,
    root   BLOB    NOT NULL,
    PRIMARY KEY (level, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE seal_keys (                 -- data keys, wrapped with a key of SECRETS_DIR
    id         TEXT NOT NULL,
    wrapped_by TEXT NOT NULL,
    wrapped    BLOB NOT NULL,
    PRIMARY KEY (id, wrapped_by)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE documents (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE cosignatures (size INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (size, line))
    STRICT, WITHOUT ROWID;

  ${ENTRIES_VIEW};

  -- Written and removed while the log is in trouble, to see whether it can be written again.
  CREATE TABLE probes (filling BLOB NOT NULL) STRICT;
`;
