import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Limits } from '../../config/limits.ts';
import type { RegisterName } from '../../registers.ts';
import type { ChangeNotice } from './change-notice.ts';

export const NOTICE_BOOK_LIMITS = {
  remembered: {
    value: 100_000,
    unit: 'notices',
    why: 'Of each register: an older one that is repeated evicts once more, which costs a read and harms nothing.',
  },
} as const satisfies Limits;

/**
 * The notices that this instance has acknowledged, synced to disk before they are. It holds numbers and ids of notices and no
 * key of a record: a cache in memory is empty after a start, and nothing is left to evict in it.
 */
export interface NoticeBook {
  /** The highest number of the register's notices; 0 before the first. */
  last(register: RegisterName): number;
  has(notice: Pick<ChangeNotice, 'register' | 'jti'>): boolean;
  /** Returns once the notice is on disk. Throws where it cannot be written. */
  add(notice: Pick<ChangeNotice, 'register' | 'jti' | 'seq'>): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS notice (
    register TEXT NOT NULL, jti TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (register, jti)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS notice_seq ON notice (register, seq);`;

/** Opens the book in DATA_DIR, and forgets what is too old. */
export function openNoticeBook(directory: string): NoticeBook {
  const database = new DatabaseSync(join(directory, 'notices.db'), { timeout: 2_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(SCHEMA);
  database
    .prepare(
      `DELETE FROM notice WHERE seq <= (SELECT max(seq) FROM notice AS newest WHERE newest.register = notice.register) - ?`,
    )
    .run(NOTICE_BOOK_LIMITS.remembered.value);
  const highest = database.prepare('SELECT max(seq) AS seq FROM notice WHERE register = ?');
  const one = database.prepare('SELECT 1 FROM notice WHERE register = ? AND jti = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO notice (register, jti, seq) VALUES (?, ?, ?)');
  return {
    last: (register) => Number(highest.get(register)?.['seq'] ?? 0),
    has: ({ register, jti }) => one.get(register, jti) !== undefined,
    add: ({ register, jti, seq }) => void insert.run(register, jti, seq),
    close() {
      if (database.isOpen) database.close();
    },
  };
}
