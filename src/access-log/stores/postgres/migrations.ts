/** A migration of the database. `access_log.migrations` lists those that a database has; each runs once, in order. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/**
 * A path that does not name pg_temp has it in front, for tables and types: a caller could then put types of their own in the
 * place of PostgreSQL's, with checks that run as the owner (CVE-2007-2138). Types that are looked up at run time say their schema as well.
 */
const AS_OWNER = 'SECURITY DEFINER SET search_path = pg_catalog, pg_temp';

/**
 * Everything in the schema `access_log`, for all instances together. `access_log_writer` may insert and nothing else: not even
 * read. What a tree goes on from is told by three functions that run as the owner. `access_log_reader` may read; a
 * third role fills the search index, which can be made anew from the log at any time. Nobody but the owner changes or removes.
 */
const FIRST = `
  CREATE TABLE access_log.groups (           -- entries that were committed together, closed by a checkpoint
    log         text   NOT NULL,             -- national-data-gateway/<INSTANCE_ID>
    first_leaf  bigint NOT NULL,             -- index in the tree
    leaves      int    NOT NULL,
    written     bigint NOT NULL,             -- milliseconds since 1970
    month       int    NOT NULL,             -- yyyymm of that, UTC
    note        text   NOT NULL,             -- signed checkpoint of size first_leaf + leaves
    seal_key    text   NOT NULL,
    sealed      bytea  NOT NULL,             -- openings of the commitments, see sealed-openings.ts
    leaf_hashes bytea  NOT NULL,             -- 32 bytes an entry
    PRIMARY KEY (log, first_leaf, month)
  ) PARTITION BY LIST (month);

  CREATE TABLE access_log.answers (
    log        text   NOT NULL,
    first_leaf bigint NOT NULL,
    leaves     int    NOT NULL,
    month      int    NOT NULL,
    id         text   NOT NULL,              -- the caller has it as X-Access-Entry
    time       bigint NOT NULL,              -- milliseconds since 1970
    head       text   NOT NULL,              -- what its entries share, canonical JSON
    tails      text   NOT NULL,              -- a line an entry, see leaf-text.ts; coordinates, never a value
    PRIMARY KEY (log, first_leaf, month)
  ) PARTITION BY LIST (month);
  CREATE UNIQUE INDEX answers_by_id ON access_log.answers (id, month);

  CREATE TABLE access_log.positions (        -- no two groups begin at one leaf, whatever their months: no fork
    log        text   NOT NULL,
    first_leaf bigint NOT NULL,
    month      int    NOT NULL,
    PRIMARY KEY (log, first_leaf)
  );

  CREATE TABLE access_log.tiles (            -- full ones only, of 256 hashes
    log    text   NOT NULL,
    level  int    NOT NULL,
    number bigint NOT NULL,
    hashes bytea  NOT NULL,
    root   bytea  NOT NULL,
    PRIMARY KEY (log, level, number)
  );

  CREATE TABLE access_log.seal_keys (        -- data keys, wrapped with a key of SECRETS_DIR
    id         text  NOT NULL,
    wrapped_by text  NOT NULL,
    wrapped    bytea NOT NULL,
    PRIMARY KEY (id, wrapped_by)
  );

  CREATE TABLE access_log.documents (digest text PRIMARY KEY, text text NOT NULL);

  CREATE TABLE access_log.cosignatures (
    log  text   NOT NULL,
    size bigint NOT NULL,
    line text   NOT NULL,
    PRIMARY KEY (log, size, line)
  );

  CREATE TABLE access_log.probes (filling bytea NOT NULL);  -- written and removed to see whether the log can be written

  -- Ciphertext and hashes: what no compression makes smaller.
  ALTER TABLE access_log.groups ALTER sealed SET STORAGE EXTERNAL, ALTER leaf_hashes SET STORAGE EXTERNAL;
  ALTER TABLE access_log.tiles ALTER hashes SET STORAGE EXTERNAL;
  ALTER TABLE access_log.probes ALTER filling SET STORAGE EXTERNAL;

  -- One instance makes a month; should somebody else hold the lock, the key of the catalog lets one of those who try make it.
  CREATE FUNCTION access_log.wait_for_months() RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '1s' AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(7261123);
  EXCEPTION WHEN lock_not_available THEN NULL;
  END $$;

  -- Attached, not made in place: that would wait for everybody who reads, and hold up everybody who writes meanwhile.
  CREATE FUNCTION access_log.ensure_month(wanted int) RETURNS void
    LANGUAGE plpgsql ${AS_OWNER} AS $$
  DECLARE
    parent pg_catalog.text;
    part pg_catalog.text;
  BEGIN
    -- Each month costs two tables: nobody needs those of years to come.
    IF wanted < 202001 OR wanted > to_char(now() + interval '32 days', 'YYYYMM')::pg_catalog.int4
      OR wanted % 100 NOT BETWEEN 1 AND 12 THEN
      RAISE EXCEPTION 'not a month';
    END IF;
    IF to_regclass(format('access_log.answers_%s', wanted)) IS NOT NULL THEN RETURN; END IF;
    PERFORM access_log.wait_for_months();
    FOREACH parent IN ARRAY ARRAY['groups', 'answers'] LOOP
      part := parent || '_' || wanted;
      CONTINUE WHEN to_regclass(format('access_log.%I', part)) IS NOT NULL;
      EXECUTE format('CREATE TABLE access_log.%I (LIKE access_log.%I INCLUDING DEFAULTS INCLUDING STORAGE)', part, parent);
      EXECUTE format('ALTER TABLE access_log.%I ATTACH PARTITION access_log.%I FOR VALUES IN (%s)', parent, part, wanted);
    END LOOP;
  END $$;

  -- Turns at one log, until the transaction ends: whoever commits what is built already goes in beside others of that kind, whoever
  -- reads the tree first goes in alone. Turns keep order; it is the key of positions that keeps out forks. Hence nobody waits long for
  -- a turn that somebody does not give up: anybody who can connect can take such a lock. They run as whoever calls them.
  CREATE FUNCTION access_log.take_turn(wanted text) RETURNS void
    LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_catalog.pg_try_advisory_xact_lock_shared(7261124, pg_catalog.hashtext(wanted)) THEN RETURN; END IF;
    PERFORM access_log.wait_for_turn(wanted);
  END $$;

  CREATE FUNCTION access_log.wait_for_turn(wanted text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET lock_timeout = '1s' AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(7261124, hashtext(wanted));
  EXCEPTION WHEN lock_not_available THEN NULL;
  END $$;

  CREATE FUNCTION access_log.take_turn_alone(wanted text) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_advisory_xact_lock(7261124, hashtext(wanted))
  $$;

  CREATE FUNCTION access_log.probe(bytes int) RETURNS void
    LANGUAGE sql ${AS_OWNER} AS $$
    INSERT INTO access_log.probes VALUES (convert_to(repeat('x', least(bytes, 1000000)), 'UTF8'));
    DELETE FROM access_log.probes
  $$;

  CREATE FUNCTION access_log.version() RETURNS int
    LANGUAGE sql STABLE ${AS_OWNER} AS $$
    SELECT max(version) FROM access_log.migrations
  $$;

  CREATE FUNCTION access_log.tree_end(wanted text)
    RETURNS TABLE (position_at bigint, group_end bigint, note text, answers_end bigint)
    LANGUAGE sql STABLE ${AS_OWNER} AS $$
    SELECT last.first_leaf, g.first_leaf + g.leaves, g.note,
      (SELECT a.first_leaf + a.leaves FROM access_log.answers a WHERE a.log = wanted ORDER BY a.first_leaf DESC LIMIT 1)
    FROM (SELECT wanted AS log) AS own
    LEFT JOIN LATERAL (SELECT p.* FROM access_log.positions p WHERE p.log = own.log ORDER BY p.first_leaf DESC LIMIT 1) AS last
      ON true
    LEFT JOIN access_log.groups g ON g.log = last.log AND g.first_leaf = last.first_leaf AND g.month = last.month
  $$;

  CREATE FUNCTION access_log.tail_hashes(wanted text, after bigint)
    RETURNS TABLE (first_leaf bigint, leaf_hashes bytea)
    LANGUAGE sql STABLE ${AS_OWNER} AS $$
    SELECT g.first_leaf, g.leaf_hashes
    FROM access_log.positions p
    JOIN access_log.groups g ON g.log = p.log AND g.first_leaf = p.first_leaf AND g.month = p.month
    WHERE p.log = wanted AND p.first_leaf >=
      (SELECT max(q.first_leaf) FROM access_log.positions q WHERE q.log = wanted AND q.first_leaf <= after)
    ORDER BY g.first_leaf
  $$;

  CREATE FUNCTION access_log.tile_roots(wanted text, of_level int, from_number bigint)
    RETURNS TABLE (root bytea)
    LANGUAGE sql STABLE ${AS_OWNER} AS $$
    SELECT t.root FROM access_log.tiles t
    WHERE t.log = wanted AND t.level = of_level AND t.number >= from_number ORDER BY t.number
  $$;

  CREATE SCHEMA access_index;                -- what searches the log; made anew from it at any time
  CREATE TABLE access_index.progress (log text PRIMARY KEY, next_leaf bigint NOT NULL, tag_key text NOT NULL);
  CREATE TABLE access_index.answers (
    log        text   NOT NULL,
    first_leaf bigint NOT NULL,
    leaves     int    NOT NULL,
    time       bigint NOT NULL,
    client     text   NOT NULL,
    officer    text   NOT NULL,
    token_key  text,
    purpose    text,
    case_id    text,
    outcome    text   NOT NULL,
    registers  text   NOT NULL,              -- each between commas
    PRIMARY KEY (log, first_leaf)
  );
  CREATE INDEX answers_by_time ON access_index.answers (time);
  CREATE INDEX answers_by_client ON access_index.answers (client, time);
  CREATE INDEX answers_by_officer ON access_index.answers (officer, time);
  CREATE INDEX answers_by_key ON access_index.answers (token_key, time);
  CREATE INDEX answers_by_case ON access_index.answers (case_id, time);
  CREATE TABLE access_index.subjects (
    tag  bytea  NOT NULL,                    -- keyed hash of month, kind and key
    time bigint NOT NULL,
    log  text   NOT NULL,
    leaf bigint NOT NULL,
    release bigint,                          -- milliseconds since 1970; before it the subject is not told
    cases   text,                            -- those that may be released before, where it is withheld
    PRIMARY KEY (tag, time, log, leaf)
  );
  CREATE TABLE access_index.gaps (           -- groups that do not open
    log        text   NOT NULL,
    first_leaf bigint NOT NULL,
    leaves     int    NOT NULL,
    since      bigint NOT NULL,              -- times of its first and last answer
    until      bigint NOT NULL,
    PRIMARY KEY (log, first_leaf)
  );

  -- Roles belong to the whole server, where another database may be making them at this moment.
  DO $$
  DECLARE wanted text;
  BEGIN
    FOREACH wanted IN ARRAY ARRAY['access_log_writer', 'access_log_reader'] LOOP
      CONTINUE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = wanted);
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END LOOP;
  END $$;
  -- Nobody needs objects of a session's own here, and an attack on what runs as the owner begins with them.
  DO $$
  BEGIN
    IF (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()) THEN
      EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    END IF;
  END $$;
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access_log FROM PUBLIC;
  GRANT USAGE ON SCHEMA access_log TO access_log_writer, access_log_reader;
  GRANT USAGE ON SCHEMA access_index TO access_log_reader;
  GRANT INSERT ON access_log.groups, access_log.answers, access_log.positions, access_log.tiles, access_log.seal_keys,
    access_log.documents, access_log.cosignatures TO access_log_writer;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access_log TO access_log_writer;
  GRANT SELECT ON ALL TABLES IN SCHEMA access_log TO access_log_reader;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA access_index TO access_log_reader;
`;

/**
 * The writer may not read, and must know that its rows were stored: a trigger that returns NULL swallows an insert, and
 * the server reports no error. `must_store` ends the inserting statement itself; `count_stored` looks again afterwards.
 */
const SECOND = `
  CREATE FUNCTION access_log.must_store(stored bigint, wanted bigint) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    IF stored IS DISTINCT FROM wanted THEN RAISE EXCEPTION 'rows not stored' USING ERRCODE = '55G01'; END IF;
  END $$;

  CREATE FUNCTION access_log.count_stored(
    wanted text, at bigint, leaves int, levels int[], numbers bigint[], keys text[], wrappers text[], digests text[])
    RETURNS bigint
    LANGUAGE sql STABLE ${AS_OWNER} AS $$
    SELECT
      (SELECT count(*) FROM access_log.positions p
        JOIN access_log.groups g ON g.log = p.log AND g.first_leaf = p.first_leaf AND g.month = p.month
        WHERE p.log = wanted AND p.first_leaf = at AND g.leaves = count_stored.leaves)
      + (SELECT coalesce(sum(a.leaves), 0) FROM access_log.answers a
        WHERE a.log = wanted AND a.first_leaf >= at AND a.first_leaf < at + count_stored.leaves)
      + (SELECT count(*) FROM unnest(levels, numbers) AS one (level, number)
        WHERE EXISTS (SELECT FROM access_log.tiles t WHERE t.log = wanted AND t.level = one.level AND t.number = one.number))
      + (SELECT count(*) FROM unnest(keys, wrappers) AS one (id, wrapper)
        WHERE EXISTS (SELECT FROM access_log.seal_keys k WHERE k.id = one.id AND k.wrapped_by = one.wrapper))
      + (SELECT count(*) FROM unnest(digests) AS one (digest)
        WHERE EXISTS (SELECT FROM access_log.documents d WHERE d.digest = one.digest))
  $$;

  -- What the last entry says of its time: a clock that went back must not go unseen.
  CREATE FUNCTION access_log.last_head(wanted text) RETURNS text
    LANGUAGE sql STABLE ${AS_OWNER} AS $$
    SELECT a.head FROM access_log.answers a WHERE a.log = wanted ORDER BY a.first_leaf DESC LIMIT 1
  $$;

  REVOKE ALL ON FUNCTION access_log.must_store, access_log.count_stored, access_log.last_head FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION access_log.must_store, access_log.count_stored, access_log.last_head TO access_log_writer;
`;

/**
 * The index gets a role of its own, so that the login that appends to the log need not be able to change what searches
 * it. Each change and removal of the index's rows leaves a line in `changes`, which no login of the gateway may touch:
 * a reader that sees a new line compares the index with the log before it answers. The index is made anew, since its
 * progress was not sealed before.
 */
const THIRD = `
  TRUNCATE access_index.progress, access_index.answers, access_index.subjects, access_index.gaps;
  ALTER TABLE access_index.progress ADD COLUMN seal text NOT NULL;

  CREATE TABLE access_index.changes (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    by        name NOT NULL,
    what      text NOT NULL
  );
  CREATE FUNCTION access_index.note_change() RETURNS trigger
    LANGUAGE plpgsql ${AS_OWNER} AS $$
  BEGIN
    INSERT INTO access_index.changes (by, what) VALUES (session_user, TG_OP || ' ' || TG_TABLE_NAME);
    RETURN NULL;
  END $$;
  REVOKE ALL ON FUNCTION access_index.note_change FROM PUBLIC;
  CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON access_index.answers
    FOR EACH STATEMENT EXECUTE FUNCTION access_index.note_change();
  CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON access_index.subjects
    FOR EACH STATEMENT EXECUTE FUNCTION access_index.note_change();
  CREATE TRIGGER note_change AFTER UPDATE OR DELETE OR TRUNCATE ON access_index.gaps
    FOR EACH STATEMENT EXECUTE FUNCTION access_index.note_change();

  DO $$
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'access_log_indexer') THEN
      CREATE ROLE access_log_indexer NOLOGIN;
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$;
  REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA access_index FROM access_log_reader;
  GRANT USAGE ON SCHEMA access_index TO access_log_indexer;
  GRANT SELECT, INSERT, UPDATE, DELETE
    ON access_index.progress, access_index.answers, access_index.subjects, access_index.gaps TO access_log_indexer;
  GRANT SELECT ON access_index.changes TO access_log_reader;
`;

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, sql: FIRST },
  { version: 2, sql: SECOND },
  { version: 3, sql: THIRD },
];
export const NEWEST_VERSION = 3;
