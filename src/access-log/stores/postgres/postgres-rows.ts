import { Pool } from 'pg';
import type { Limits } from '../../../config/limits.ts';
import {
  actPattern,
  type FullGroup,
  type LogRows,
  type StoredAnswer,
  type StoredGroup,
} from '../log-rows.ts';
import type { CosignatureRow, DocumentRow, SealKeyRow } from '../log-store.ts';
import { pgFaultOf, takeRole, type ConnectionSettings, type LogRole } from './connection.ts';

const ANSWER = `SELECT a.log, a.first_leaf AS "firstLeaf", a.leaves, a.id, a.time, a.head, a.tails,
  (SELECT max(p.first_leaf) FROM access_log.positions p WHERE p.log = a.log AND p.first_leaf <= a.first_leaf) AS "group"
  FROM access_log.answers a`;
const GROUP = `SELECT g.log, g.first_leaf AS "firstLeaf", g.leaves, g.written, g.note, g.seal_key AS "sealKey", g.sealed, g.leaf_hashes AS "leafHashes"`;
const OF_POSITION = `FROM access_log.positions p JOIN access_log.groups g USING (log, first_leaf, month)`;
/** First leaf of the group that holds leaf $2 of log $1. */
const HOLDING = `(SELECT max(q.first_leaf) FROM access_log.positions q WHERE q.log = $1 AND q.first_leaf <= $2)`;

export const POSTGRES_READ_LIMITS = {
  statement: {
    value: 15_000,
    unit: 'ms',
    why: 'A server that has gone silent must give its connections back. Counts over years take seconds.',
  },
} as const satisfies Limits;

/** A few connections under one role of the log. Those of the indexer are one: it writes a batch at a time. */
export function openPostgresPool({ url, timeoutMs }: ConnectionSettings, role: LogRole): Pool {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: Math.max(timeoutMs, POSTGRES_READ_LIMITS.statement.value),
    statement_timeout: Math.max(timeoutMs, POSTGRES_READ_LIMITS.statement.value),
    keepAlive: true,
    max: role === 'access_log_indexer' ? 1 : 4,
    application_name: 'national-data-gateway reader',
    onConnect: (client) => takeRole(client, role),
  });
  pool.on('error', () => undefined);
  return pool;
}

/** The log's rows, over connections that read. Methods reject with StoreFault. */
export function openPostgresRows(settings: ConnectionSettings): LogRows & { readonly pool: Pool } {
  const pool = openPostgresPool(settings, 'access_log_reader');
  const all = async <T>(text: string, values: unknown[]): Promise<readonly T[]> => {
    try {
      return (await pool.query(text, values)).rows as readonly T[];
    } catch (error) {
      throw pgFaultOf(error, false);
    }
  };
  const one = async <T>(text: string, values: unknown[]): Promise<T | null> =>
    (await all<T>(text, values))[0] ?? null;

  return {
    pool,
    // A skip from name to name: DISTINCT would read every position.
    logs: async () =>
      (
        await all<{ log: string }>(
          `WITH RECURSIVE names AS (
             (SELECT log FROM access_log.positions ORDER BY log LIMIT 1)
             UNION ALL
             SELECT (SELECT p.log FROM access_log.positions p WHERE p.log > names.log ORDER BY p.log LIMIT 1)
             FROM names WHERE names.log IS NOT NULL)
           SELECT log FROM names WHERE log IS NOT NULL`,
          [],
        )
      ).map(({ log }) => log),
    end: (log) =>
      one(
        `SELECT g.first_leaf + g.leaves AS size, g.note ${OF_POSITION} WHERE p.log = $1 ORDER BY p.first_leaf DESC LIMIT 1`,
        [log],
      ),
    answerById: (id) => one<StoredAnswer>(`${ANSWER} WHERE a.id = $1`, [id]),
    answersAt: (log, leaves) =>
      all<StoredAnswer>(
        `SELECT DISTINCT ON (found."firstLeaf") found.* FROM unnest($2::bigint[]) AS leaf
         CROSS JOIN LATERAL (${ANSWER} WHERE a.log = $1 AND a.first_leaf <= leaf ORDER BY a.first_leaf DESC LIMIT 1) AS found
         WHERE leaf < found."firstLeaf" + found.leaves`,
        [log, leaves],
      ),
    groupsAt: (log, firstLeaves) =>
      all<StoredGroup>(`${GROUP} ${OF_POSITION} WHERE p.log = $1 AND p.first_leaf = ANY ($2::bigint[])`, [
        log,
        firstLeaves,
      ]),
    async groupsFrom(log, leaf, limit) {
      const groups = await all<Omit<FullGroup, 'answers'>>(
        `${GROUP} ${OF_POSITION}
         WHERE p.log = $1 AND p.first_leaf >= ${HOLDING} ORDER BY p.first_leaf LIMIT $3`,
        [log, leaf, limit],
      );
      const holding = groups.filter((group) => group.firstLeaf + group.leaves > leaf);
      const [first] = holding;
      const last = holding.at(-1);
      if (!first || !last) return [];
      const answers = await all<FullGroup['answers'][number]>(
        `SELECT first_leaf AS "firstLeaf", leaves, id, time, head, tails FROM access_log.answers
         WHERE log = $1 AND first_leaf >= $2 AND first_leaf < $3 ORDER BY first_leaf`,
        [log, first.firstLeaf, last.firstLeaf + last.leaves],
      );
      let at = 0;
      return holding.map((group) => {
        const from = at;
        while ((answers[at]?.firstLeaf ?? Infinity) < group.firstLeaf + group.leaves) at += 1;
        return { ...group, answers: answers.slice(from, at) };
      });
    },
    async leafHashes(log, from, to) {
      const rows = await all<{ firstLeaf: number; hashes: Buffer }>(
        `SELECT g.first_leaf AS "firstLeaf", g.leaf_hashes AS hashes ${OF_POSITION}
         WHERE p.log = $1 AND p.first_leaf >= ${HOLDING} AND p.first_leaf < $3 ORDER BY p.first_leaf`,
        [log, from, to],
      );
      const [first] = rows;
      if (!first) return null;
      return { firstLeaf: first.firstLeaf, hashes: Buffer.concat(rows.map(({ hashes }) => hashes)) };
    },
    async tile(log, level, number) {
      const row = await one<{ hashes: Buffer }>(
        'SELECT hashes FROM access_log.tiles WHERE log = $1 AND level = $2 AND number = $3',
        [log, level, number],
      );
      return row?.hashes ?? null;
    },
    sealKeys: (ids) =>
      all<SealKeyRow>(
        'SELECT id, wrapped_by AS "wrappedBy", wrapped FROM access_log.seal_keys WHERE id = ANY ($1::text[])',
        [ids],
      ),
    sealKeyIds: async (after, limit) =>
      (
        await all<{ id: string }>(
          `SELECT DISTINCT id COLLATE "C" AS id FROM access_log.seal_keys WHERE id COLLATE "C" > $1 ORDER BY 1 LIMIT $2`,
          [after, limit],
        )
      ).map(({ id }) => id),
    newestAct: (log, purpose) =>
      one<StoredAnswer>(`${ANSWER} WHERE a.log = $1 AND a.head LIKE $2 ORDER BY a.first_leaf DESC LIMIT 1`, [
        log,
        actPattern(purpose),
      ]),
    async firstAnswer(log) {
      const row = await one<{ first: number | null }>(
        'SELECT min(first_leaf) AS first FROM access_log.answers WHERE log = $1',
        [log],
      );
      return row?.first ?? null;
    },
    document: (digest) =>
      one<DocumentRow>('SELECT digest, text FROM access_log.documents WHERE digest = $1', [digest]),
    async cosignedSize(log) {
      const row = await one<{ size: number | null }>(
        'SELECT max(size) AS size FROM access_log.cosignatures WHERE log = $1',
        [log],
      );
      return row?.size ?? 0;
    },
    cosignatures: (log, from, to = Number.MAX_SAFE_INTEGER) =>
      all<CosignatureRow>(
        'SELECT size, line FROM access_log.cosignatures WHERE log = $1 AND size BETWEEN $2 AND $3 ORDER BY size',
        [log, from, to],
      ),
    close: async () => {
      await pool.end();
    },
  };
}
