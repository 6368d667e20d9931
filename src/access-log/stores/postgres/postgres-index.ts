import type { Pool, PoolClient, QueryConfig } from 'pg';
import type { Limits } from '../../../config/limits.ts';
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
import { pgFaultOf } from './connection.ts';

const PROGRESS =
  'SELECT next_leaf AS "nextLeaf", tag_key AS key, seal FROM access_index.progress WHERE log = $1';
/** First key of the advisory locks by which batches of one log take turns. */
const TURN = 7_261_122;
export const POSTGRES_INDEX_LIMITS = {
  forgetting: {
    value: 600_000,
    unit: 'ms',
    why: 'Forgetting a whole log from the index touches every tag of it.',
  },
} as const satisfies Limits;

/**
 * Opens the index in the schema `access_index`: searches go over the readers' pool, and rows are written over that of the
 * indexer, whose login may be another one. Instances take turns at a log.
 */
export function openPostgresIndex(readers: Pool, indexer: Pool): IndexDatabase {
  const allOver =
    (pool: Pool) =>
    async <Row>(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]> => {
      let place = 0;
      const text = sql.replaceAll('?', () => `$${(place += 1)}`);
      try {
        return (await pool.query(text, [...values])).rows as readonly Row[];
      } catch (error) {
        throw pgFaultOf(error, false);
      }
    };
  const all = allOver(readers);
  const write = allOver(indexer);
  /**
   * Runs one transaction while no other one runs at that log's index. Two that insert the same rows would wait for each
   * other row by row.
   */
  const inTurn = async <T>(log: string, work: (client: PoolClient) => Promise<T>): Promise<T> => {
    const client = await indexer.connect().catch((error: unknown) => {
      throw pgFaultOf(error, false);
    });
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      // Rows that a crash takes back are indexed again.
      await client.query('SET LOCAL synchronous_commit = off');
      await client.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [TURN, log]);
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((broken: Error) => (failure = broken));
      throw pgFaultOf(error, false);
    } finally {
      // One that cannot even roll back is not given to others.
      client.release(failure);
    }
  };
  return {
    schema: 'access_index.',
    async progress(log) {
      const [row] = await all<IndexProgress>(PROGRESS, [log]);
      return row ?? null;
    },
    forget: (log) =>
      inTurn(log, async (client) => {
        // For a log of years this takes long, like making the index anew.
        await client.query(`SET LOCAL statement_timeout = ${POSTGRES_INDEX_LIMITS.forgetting.value}`);
        for (const table of ['answers', 'subjects', 'gaps', 'progress']) {
          const text = `DELETE FROM access_index.${table} WHERE log = $1`;
          await client.query({
            text,
            values: [log],
            query_timeout: POSTGRES_INDEX_LIMITS.forgetting.value,
          } as QueryConfig);
        }
      }),
    async removeBefore(log, leaf) {
      await write('DELETE FROM access_index.answers WHERE log = ? AND first_leaf < ?', [log, leaf]);
      await write('DELETE FROM access_index.subjects WHERE log = ? AND leaf < ?', [log, leaf]);
      await write('DELETE FROM access_index.gaps WHERE log = ? AND first_leaf < ?', [log, leaf]);
    },
    async holds({ log, from, to, answers, subjects, gaps }) {
      const found = await all<IndexedAnswer>(
        `SELECT first_leaf AS "firstLeaf", log, leaves, time, client, officer, token_key AS "tokenKey", purpose,
           case_id AS "caseId", outcome, registers FROM access_index.answers
         WHERE log = ? AND first_leaf >= ? AND first_leaf < ? ORDER BY first_leaf`,
        [log, from, to],
      );
      const missing = await all<Pick<IndexedGap, 'firstLeaf' | 'leaves'>>(
        `SELECT first_leaf AS "firstLeaf", leaves FROM access_index.gaps
         WHERE log = ? AND first_leaf >= ? AND first_leaf < ? ORDER BY first_leaf`,
        [log, from, to],
      );
      if (!areSameAnswers(found, answers) || !areSameGaps(missing, gaps)) return false;
      const { rows } = await readers.query<{ n: number }>(SUBJECTS_HELD, [log, ...subjectValues(subjects)]);
      return Number(rows[0]?.n) === subjects.length;
    },
    replace: (part) =>
      inTurn(part.log, async (client) => {
        const { log, from, to, subjects } = part;
        for (const table of ['answers', 'gaps']) {
          await client.query(
            `DELETE FROM access_index.${table} WHERE log = $1 AND first_leaf >= $2 AND first_leaf < $3`,
            [log, from, to],
          );
        }
        await client.query(
          `DELETE FROM access_index.subjects s USING unnest($2::bytea[], $3::bigint[], $4::bigint[]) AS one (tag, time, leaf)
           WHERE s.log = $1 AND s.tag = one.tag AND s.time = one.time AND s.leaf = one.leaf`,
          [log, ...subjectValues(subjects).slice(0, 3)],
        );
        await insertRows(client, part);
      }),
    add: (batch) => inTurn(batch.log, (client) => addBatch(client, batch)),
    async changeMark() {
      const [row] = await all<{ mark: number }>(
        'SELECT coalesce(max(id), 0) AS mark FROM access_index.changes',
        [],
      );
      return Number(row?.mark ?? 0);
    },
    all,
    // The readers' pool belongs to the rows.
    close: () => indexer.end(),
  };
}

const SUBJECTS_HELD = `
  SELECT count(*) AS n FROM unnest($2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[])
    AS one (tag, time, leaf, release, cases)
  WHERE EXISTS (SELECT FROM access_index.subjects s
    WHERE s.tag = one.tag AND s.time = one.time AND s.log = $1 AND s.leaf = one.leaf
      AND s.release IS NOT DISTINCT FROM one.release AND s.cases IS NOT DISTINCT FROM one.cases)`;

function subjectValues(subjects: IndexBatch['subjects']): readonly unknown[][] {
  return [
    subjects.map((one) => one.tag),
    subjects.map((one) => one.time),
    subjects.map((one) => one.leaf),
    subjects.map((one) => one.release),
    subjects.map((one) => one.cases),
  ];
}

async function addBatch(client: PoolClient, batch: IndexBatch): Promise<Addition> {
  const { log, key, nextLeaf, seal, answers, subjects, gaps } = batch;
  const { rows } = await client.query<IndexProgress>(PROGRESS, [log]);
  const addition = additionOf(batch, rows[0] ?? null);
  if (addition !== 'added') return addition;
  await client.query(
    `INSERT INTO access_index.progress (log, next_leaf, tag_key, seal) VALUES ($1, $2, $3, $4)
     ON CONFLICT (log) DO UPDATE SET next_leaf = excluded.next_leaf, seal = excluded.seal`,
    [log, nextLeaf, key, seal],
  );
  const inserted = await insertRows(client, batch);
  return inserted === answers.length + subjects.length + gaps.length ? 'added' : 'clashed';
}

/** Returns how many rows it inserted: those that are there already stay. */
async function insertRows(
  client: PoolClient,
  { log, answers, subjects, gaps }: Pick<IndexBatch, 'log' | 'answers' | 'subjects' | 'gaps'>,
): Promise<number> {
  const ofAnswers = await client.query(
    `INSERT INTO access_index.answers
     SELECT $1, * FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
     ON CONFLICT DO NOTHING`,
    [
      log,
      answers.map((one) => one.firstLeaf),
      answers.map((one) => one.leaves),
      answers.map((one) => one.time),
      answers.map((one) => one.client),
      answers.map((one) => one.officer),
      answers.map((one) => one.tokenKey),
      answers.map((one) => one.purpose),
      answers.map((one) => one.caseId),
      answers.map((one) => one.outcome),
      answers.map((one) => one.registers),
    ],
  );
  const ofSubjects = await client.query(
    `INSERT INTO access_index.subjects
     SELECT tag, time, $1, leaf, release, cases
     FROM unnest($2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[]) AS new (tag, time, leaf, release, cases)
     ON CONFLICT DO NOTHING`,
    [log, ...subjectValues(subjects)],
  );
  const ofGaps = await client.query(
    `INSERT INTO access_index.gaps SELECT $1, * FROM unnest($2::bigint[], $3::int[], $4::bigint[], $5::bigint[])
     ON CONFLICT DO NOTHING`,
    [
      log,
      gaps.map((one) => one.firstLeaf),
      gaps.map((one) => one.leaves),
      gaps.map((one) => one.since),
      gaps.map((one) => one.until),
    ],
  );
  return [ofAnswers, ofSubjects, ofGaps].reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}
