import type { Limits } from '../../../config/limits.ts';
import {
  BEHIND,
  RECORD_REFUSED,
  ROWS_NOT_STORED,
  StoreFault,
  type GroupRows,
  type LogStoreWriter,
} from '../log-store.ts';
import { readStoredTree } from '../stored-tree.ts';
import { connect, type Connection, type ConnectionSettings } from './connection.ts';
import { assertInsertOnly, assertNoIndexer } from './insert-only.ts';
import { assertNoTrigger } from './no-trigger.ts';
import { grantRoles, migrate } from './migrate.ts';
import { NEWEST_VERSION } from './migrations.ts';
import { buildOnTree, treeRows } from './tree-end.ts';

export interface PostgresStoreSettings extends ConnectionSettings {
  readonly log: string;
  /** Login of the search index's own; null: this one fills it. */
  readonly indexUrl: string | null;
  /** Only the demo brings its database up to date by itself. */
  readonly mayMigrate: boolean;
  /** The login may be one that can change the log: in the demo, and for commands of its owner. */
  readonly mayOwn: boolean;
}

export const POSTGRES_PROBE_LIMITS = {
  probe: {
    value: 65_536,
    unit: 'bytes',
    why: 'A probe is as large as a group, so that it fails where the next group would.',
  },
} as const satisfies Limits;

/**
 * Opens a store over one connection under a role that may only insert. A group is one statement, and so one round trip
 * and one transaction.
 */
export function createPostgresStore(settings: PostgresStoreSettings): LogStoreWriter {
  const { log } = settings;
  let connection: Connection | null = null;
  const months = new Set<number>();
  const opened = (): Connection => {
    if (!connection) throw new StoreFault('not-open', false);
    return connection;
  };

  return {
    async open(mayCreate) {
      const openAsWriter = async (): Promise<void> => {
        connection = await connect(settings, 'access_log_writer');
        await assertDurable(connection);
        await assertMigrated(connection);
        await assertNoTrigger(connection);
        if (!settings.mayOwn) await assertInsertOnly(connection);
        if (!settings.mayOwn && settings.indexUrl !== null) await assertNoIndexer(connection);
      };
      try {
        await openAsWriter();
      } catch (error) {
        // A login that may write and nothing else finds all it needs: only where that is missing must it be the owner's.
        if (!mayCreate || !settings.mayMigrate || !isPartMissing(error)) throw error;
        await connection?.close();
        connection = null;
        await migrateFirst(settings, error);
        await openAsWriter();
      }
      return null;
    },
    async readTree() {
      const own = opened();
      // Groups that another writer commits meanwhile would otherwise be read in part.
      await own.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const tree = await readStoredTree(await treeRows(own, log));
      await own.query('COMMIT');
      return tree;
    },
    async commit(group) {
      const own = opened();
      if (!months.has(group.month)) {
        await ensureMonth(own, group.month);
        months.add(group.month);
      }
      try {
        await own.queryPlanned('insert-group', INSERT_GROUP, groupValues(log, group));
        await mustBeStored(own, log, group);
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async commitNext(build) {
      const own = opened();
      // Should this process be stopped here, the server ends the wait of everybody else.
      await own.query(`SET idle_in_transaction_session_timeout = ${settings.timeoutMs}`);
      // Each statement sees what was committed before it: the tree is read as it stands once the turn is taken.
      await own.query('BEGIN ISOLATION LEVEL READ COMMITTED');
      try {
        await own.query('SELECT access_log.take_turn_alone($1)', [log]);
        const built = await buildOnTree(own, log, build);
        await ensureMonth(own, built.rows.month);
        await own.query(INSERT_GROUP, groupValues(log, built.rows));
        await mustBeStored(own, log, built.rows);
        await own.query('COMMIT');
        return built;
      } catch (error) {
        await own.query('ROLLBACK').catch(() => undefined);
        throw refusalOf(error);
      }
    },
    async addCosignatures(rows) {
      const insert = `INSERT INTO access_log.cosignatures SELECT $1, * FROM unnest($2::bigint[], $3::text[]) ON CONFLICT DO NOTHING`;
      const sizes = rows.map(({ size }) => size);
      try {
        await opened().query(insert, [log, sizes, rows.map(({ line }) => line)]);
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async addSealKeys(rows) {
      await opened().query(
        `INSERT INTO access_log.seal_keys SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING`,
        [
          rows.map(({ id }) => id),
          rows.map(({ wrappedBy }) => wrappedBy),
          rows.map(({ wrapped }) => wrapped),
        ],
      );
      const nothing = { firstLeaf: -1, leaves: 0, tiles: [], documents: [] };
      await mustBeStored(opened(), log, { ...nothing, keys: rows });
    },
    async probe() {
      await opened().query('SELECT access_log.probe($1)', [POSTGRES_PROBE_LIMITS.probe.value]);
    },
    async close() {
      const closing = connection;
      connection = null;
      await closing?.close();
    },
  };
}

/** RFC 20, record separator: like every control character but the line's end, it stands in no JSON. */
const BETWEEN_ANSWERS = '\x1e';

// Heads and tails come as one text each: as arrays every quote in them would be escaped here, and read back there. Every part reads
// from "turn", so that the turn is taken before the first row is written, in whatever order the parts run. Otherwise one writer could
// hold a row and wait for the turn, while the one that has the turn waits for the row.
const INSERT_GROUP = `
  WITH turn AS MATERIALIZED (
    SELECT access_log.take_turn($1)
  ), new_group AS (
    INSERT INTO access_log.groups
    SELECT $1, $2::bigint, $3::int, $4::bigint, $5::int, $6, $7, $8::bytea, $9::bytea FROM turn RETURNING 1
  ), new_position AS (
    INSERT INTO access_log.positions SELECT $1, $2, $5 FROM turn RETURNING 1
  ), new_answers AS (
    INSERT INTO access_log.answers (log, month, first_leaf, leaves, id, time, head, tails)
    SELECT $1, $5, one.* FROM turn, unnest($10::bigint[], $11::int[], $12::text[], $13::bigint[], string_to_array($14, E'\\x1e'), string_to_array($15, E'\\x1e')) AS one RETURNING 1
  ), new_tiles AS (
    INSERT INTO access_log.tiles SELECT $1, one.* FROM turn, unnest($16::int[], $17::bigint[], $18::bytea[], $19::bytea[]) AS one
    RETURNING 1
  ), new_keys AS (
    INSERT INTO access_log.seal_keys SELECT one.* FROM turn, unnest($20::text[], $21::text[], $22::bytea[]) AS one ON CONFLICT DO NOTHING
  ), new_documents AS (
    INSERT INTO access_log.documents SELECT one.* FROM turn, unnest($23::text[], $24::text[]) AS one ON CONFLICT DO NOTHING
  )
  SELECT access_log.must_store(
    (SELECT count(*) FROM new_group) + (SELECT count(*) FROM new_position) + (SELECT count(*) FROM new_answers)
      + (SELECT count(*) FROM new_tiles),
    2 + cardinality($10::bigint[]) + cardinality($16::int[]))`;

type StoredRows = Pick<GroupRows, 'firstLeaf' | 'leaves' | 'tiles' | 'keys' | 'documents'>;

/** Looks once more: a trigger that runs after the insert may have taken rows away, and rows that were there conflict. */
const COUNT_STORED = `SELECT access_log.count_stored($1, $2::bigint, $3::int, $4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[]) AS n`;

async function mustBeStored(connection: Connection, log: string, group: StoredRows): Promise<void> {
  const { firstLeaf, leaves, tiles, keys, documents } = group;
  const [row] = await connection.queryPlanned<{ n: number }>('count-stored', COUNT_STORED, [
    log,
    firstLeaf,
    leaves,
    tiles.map(({ level }) => level),
    tiles.map(({ number }) => number),
    keys.map(({ id }) => id),
    keys.map(({ wrappedBy }) => wrappedBy),
    documents.map(({ digest }) => digest),
  ]);
  const wanted = Number(leaves > 0) + leaves + tiles.length + keys.length + documents.length;
  if (Number(row?.n) !== wanted) throw new StoreFault(ROWS_NOT_STORED, true);
}

function groupValues(log: string, group: GroupRows): unknown[] {
  const { answers, tiles, keys } = group;
  // All instances keep their documents together: in one order for all, so that no two wait for each other.
  const documents = group.documents.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
  return [
    log,
    group.firstLeaf,
    group.leaves,
    group.written,
    group.month,
    group.note,
    group.sealKey,
    group.sealed,
    group.leafHashes,
    answers.map(({ firstLeaf }) => firstLeaf),
    answers.map(({ leaves }) => leaves),
    answers.map(({ id }) => id),
    answers.map(({ time }) => time),
    answers.map(({ head }) => head).join(BETWEEN_ANSWERS),
    answers.map(({ tails }) => tails).join(BETWEEN_ANSWERS),
    tiles.map(({ level }) => level),
    tiles.map(({ number }) => number),
    tiles.map(({ hashes }) => hashes),
    tiles.map(({ root }) => root),
    keys.map(({ id }) => id),
    keys.map(({ wrappedBy }) => wrappedBy),
    keys.map(({ wrapped }) => wrapped),
    documents.map(({ digest }) => digest),
    documents.map(({ text }) => text),
  ];
}

async function ensureMonth(connection: Connection, month: number): Promise<void> {
  await connection.query('SELECT access_log.ensure_month($1)', [month]);
}

const NO_RIGHT = 'pg-42501';

function isPartMissing(error: unknown): error is StoreFault {
  return error instanceof StoreFault && ['not-migrated', 'role-not-granted'].includes(error.code);
}

/** `missing` tells more than that the login is not the owner's: then it is what this rejects with. */
async function migrateFirst(settings: PostgresStoreSettings, missing: StoreFault): Promise<void> {
  const owner = await connect(settings, null);
  try {
    await migrate(owner);
    const [self] = await owner.query<{ name: string }>('SELECT session_user AS name');
    if (self) await grantRoles(owner, self.name);
  } catch (error) {
    throw error instanceof StoreFault && error.code === NO_RIGHT ? missing : error;
  } finally {
    await owner.close();
  }
}

/** A server that does not sync would lose entries whose answers left. */
async function assertDurable(connection: Connection): Promise<void> {
  await connection.query('SET synchronous_commit = on');
  const [row] = await connection.query<{ fsync: string }>('SHOW fsync');
  if (row?.fsync !== 'on') throw new StoreFault('fsync-off', false);
}

/** Schema, function or right to it is not there. */
const NOT_MIGRATED = /^pg-(3F000|42883|42501)$/;

async function assertMigrated(connection: Connection): Promise<void> {
  try {
    const [row] = await connection.query<{ version: number | null }>(
      'SELECT access_log.version() AS version',
    );
    const found = row?.version ?? 0;
    if (found === NEWEST_VERSION) return;
    throw new StoreFault(found > NEWEST_VERSION ? 'newer-format' : 'not-migrated', false);
  } catch (error) {
    const isMissing = error instanceof StoreFault && NOT_MIGRATED.test(error.code);
    throw isMissing ? new StoreFault('not-migrated', false) : error;
  }
}

/** The id of an answer, which partitions name after themselves. */
const SAME_ID = /^pg-23505-answers_\d+_id_/;
const SAME_PLACE = /^pg-23505-/;
/** The partition is gone. */
const NO_MONTH = 'pg-23514';
const RECORD_FAULT = /^pg-2[23]/;
/** Raised by the function must_store. */
const NOT_STORED = 'pg-55G01';

/** An error of the server about a statement says for certain that it did nothing. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof StoreFault)) return error;
  const { code } = error;
  if (code === NOT_STORED) return new StoreFault(ROWS_NOT_STORED, false);
  if (SAME_ID.test(code)) return new StoreFault(RECORD_REFUSED, false);
  if (SAME_PLACE.test(code)) return new StoreFault(BEHIND, false);
  return RECORD_FAULT.test(code) && code !== NO_MONTH ? new StoreFault(RECORD_REFUSED, false) : error;
}
