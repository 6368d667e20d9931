import type { Limits } from '../../config/limits.ts';
import type { LogStoreWriter } from './log-store.ts';
import { createSqliteStore } from './sqlite/sqlite-store.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';

export const DATABASE_LIMITS = {
  statement: {
    value: 4_000,
    unit: 'ms',
    why: 'One SQL statement. A request itself waits at most 2 s for its log entry.',
  },
} as const satisfies Limits;

/** The place where a log is kept. */
export type StoreSettings =
  | { readonly kind: 'sqlite'; readonly directory: string; readonly maxPages: number | null }
  | {
      readonly kind: 'postgres';
      readonly url: string;
      /** Login that fills the search index; null: the one of `url`. */
      readonly indexUrl: string | null;
      readonly timeoutMs: number;
      readonly mayMigrate: boolean;
      readonly mayOwn: boolean;
    };

export function openStore(settings: StoreSettings, log: string): LogStoreWriter {
  return settings.kind === 'sqlite'
    ? createSqliteStore({ ...settings, log })
    : createPostgresStore({ ...settings, log });
}
