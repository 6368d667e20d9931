import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ActivityScope, KeptActivity } from './activity.ts';
import type { BucketCounts } from './latency-histogram.ts';

/** The file of the series in DATA_DIR. */
export const SERIES_FILE = 'watch-series.sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS activity (
    day TEXT, scope TEXT, code TEXT,
    requests INTEGER NOT NULL, refused INTEGER NOT NULL, failed INTEGER NOT NULL,
    forms INTEGER NOT NULL, asked_anyway INTEGER NOT NULL, last_at INTEGER, buckets TEXT NOT NULL,
    PRIMARY KEY (day, scope, code)
  ) STRICT, WITHOUT ROWID`;

/** The kept days of one instance: counts and times by register, office and unit. No person is in it. */
export interface SeriesFile {
  /** Puts these counts in the place of what is kept of the same thing and day. */
  write(rows: readonly KeptActivity[]): void;
  /** The rows of these days, both included, in the order of day, scope and code. */
  read(from: string, to: string): readonly KeptActivity[];
  /** Removes what is older than this day. */
  removeBefore(day: string): void;
  /** Closing twice is harmless. */
  close(): void;
}

/** Opens the series of a DATA_DIR. Throws the system's and SQLite's errors. */
export function openSeriesFile(dataDirectory: string, { readOnly = false } = {}): SeriesFile {
  const database = new DatabaseSync(join(dataDirectory, SERIES_FILE), { readOnly });
  if (!readOnly) database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  const select = database.prepare(
    `SELECT day, scope, code, requests, refused, failed, forms, asked_anyway AS askedAnyway, last_at AS lastAt, buckets
     FROM activity WHERE day BETWEEN ? AND ? ORDER BY day, scope, code`,
  );
  return {
    write(rows) {
      const insert = database.prepare(
        'INSERT OR REPLACE INTO activity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      );
      database.exec('BEGIN');
      try {
        for (const one of rows) {
          const { day, scope, code, requests, refused, failed, forms, askedAnyway, lastAt, buckets } = one;
          const counts = [requests, refused, failed, forms, askedAnyway, lastAt] as const;
          insert.run(day, scope, code, ...counts, JSON.stringify(buckets));
        }
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    read: (from, to) => select.all(from, to).map(keptActivity),
    removeBefore: (day) => void database.prepare('DELETE FROM activity WHERE day < ?').run(day),
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

function keptActivity(row: Record<string, unknown>): KeptActivity {
  const number = (name: string): number => Number(row[name]);
  return {
    day: String(row['day']),
    scope: row['scope'] as ActivityScope,
    code: String(row['code']),
    requests: number('requests'),
    refused: number('refused'),
    failed: number('failed'),
    forms: number('forms'),
    askedAnyway: number('askedAnyway'),
    lastAt: row['lastAt'] === null ? null : number('lastAt'),
    buckets: JSON.parse(String(row['buckets'])) as BucketCounts,
  };
}
