import type { Pool, PoolClient } from 'pg';
import type { IndexBatch, IndexDatabase, IndexProgress, SqlValue } from '../index-database.ts';
import { pgFaultOf } from './connection.ts';

/** In the schema `access_index`, over the readers' pool. Instances take turns at a log. */
export function openPostgresIndex(pool: Pool): IndexDatabase {
  const all = async <Row>(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]> => {
    let place = 0;
    const text = sql.replaceAll('?', () => `$${(place += 1)}`);
    try {
      return (await pool.query(text, [...values])).rows as readonly Row[];
    } catch (error) {
      throw pgFaultOf(error, false);
    }
  };
  return {
    schema: 'access_index.',
    async progress(log) {
      const [row] = await all<IndexProgress>(
        'SELECT next_leaf AS "nextLeaf", tag_key AS key FROM access_index.progress WHERE log = ?',
        [log],
      );
      return row ?? null;
    },
    async forget(log) {
      for (const table of ['answers', 'subjects', 'gaps', 'progress']) {
        await all(`DELETE FROM access_index.${table} WHERE log = ?`, [log]);
      }
    },
    async removeBefore(log, leaf) {
      await all('DELETE FROM access_index.answers WHERE log = ? AND first_leaf < ?', [log, leaf]);
      await all('DELETE FROM access_index.subjects WHERE log = ? AND leaf < ?', [log, leaf]);
      await all('DELETE FROM access_index.gaps WHERE log = ? AND first_leaf < ?', [log, leaf]);
    },
    async add(batch) {
      const client = await pool.connect().catch((error: unknown) => {
        throw pgFaultOf(error, false);
      });
      try {
        await addBatch(client, batch);
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw pgFaultOf(error, false);
      } finally {
        client.release();
      }
    },
    all,
    // The pool belongs to the rows.
    close: async () => undefined,
  };
}

async function addBatch(client: PoolClient, batch: IndexBatch): Promise<void> {
  const { log, key, nextLeaf, answers, subjects, gaps, closed } = batch;
  await client.query('BEGIN');
  // What a crash takes back is indexed again.
  await client.query('SET LOCAL synchronous_commit = off');
  // Batches of one log take turns: two that insert the same rows would wait for each other row by row.
  await client.query('SELECT pg_advisory_xact_lock(7261122, hashtext($1))', [log]);
  const { rows } = await client.query<{ key: string }>(
    `INSERT INTO access_index.progress VALUES ($1, $2, $3)
     ON CONFLICT (log) DO UPDATE SET next_leaf = greatest(access_index.progress.next_leaf, excluded.next_leaf)
     WHERE access_index.progress.tag_key = excluded.tag_key RETURNING tag_key AS key`,
    [log, nextLeaf, key],
  );
  if (rows.length === 0) {
    await client.query('ROLLBACK');
    return;
  }
  await client.query(
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
  await client.query(
    `INSERT INTO access_index.subjects
     SELECT tag, time, $1, leaf, release, cases
     FROM unnest($2::bytea[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[]) AS new (tag, time, leaf, release, cases)
     ON CONFLICT DO NOTHING`,
    [
      log,
      subjects.map((one) => one.tag),
      subjects.map((one) => one.time),
      subjects.map((one) => one.leaf),
      subjects.map((one) => one.release),
      subjects.map((one) => one.cases),
    ],
  );
  if (closed.length > 0) {
    await client.query('DELETE FROM access_index.gaps WHERE log = $1 AND first_leaf = ANY ($2::bigint[])', [
      log,
      closed,
    ]);
  }
  await client.query(
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
  await client.query('COMMIT');
}
