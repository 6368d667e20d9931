import type { LogStoreWriter } from './log-store.ts';
import { createSqliteStore } from './sqlite/sqlite-store.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';

/** The place where a log is kept. */
export type StoreSettings =
  | { readonly kind: 'sqlite'; readonly directory: string; readonly maxPages: number | null }
  | {
      readonly kind: 'postgres';
      readonly url: string;
      readonly timeoutMs: number;
      readonly mayMigrate: boolean;
      readonly mayOwn: boolean;
    };

export function openStore(settings: StoreSettings, log: string): LogStoreWriter {
  return settings.kind === 'sqlite'
    ? createSqliteStore({ ...settings, log })
    : createPostgresStore({ ...settings, log });
}
