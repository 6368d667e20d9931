import type { IndexDatabase } from '../stores/index-database.ts';
import type { LogRows } from '../stores/log-rows.ts';
import type { StoreSettings } from '../stores/open-store.ts';
import { openPostgresIndex } from '../stores/postgres/postgres-index.ts';
import { openPostgresPool, openPostgresRows } from '../stores/postgres/postgres-rows.ts';
import { openSqliteIndex } from '../stores/sqlite/sqlite-index.ts';
import { asLogRows, openSqliteRows } from '../stores/sqlite/sqlite-rows.ts';

/** Connections of a reader. Throws StoreFault where the log is not there, or of another format. */
export function openRowsAndIndex(store: StoreSettings): {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
} {
  if (store.kind === 'postgres') {
    const rows = openPostgresRows(store);
    const { url, indexUrl, timeoutMs } = store;
    const indexer = openPostgresPool({ url: indexUrl ?? url, timeoutMs }, 'access_log_indexer');
    return { rows, index: openPostgresIndex(rows.pool, indexer) };
  }
  const rows = asLogRows(openSqliteRows(store.directory));
  return { rows, index: openSqliteIndex(store.directory) };
}

/** Rows alone, for commands: the index is not touched. Throws StoreFault. */
export function openLogRows(store: StoreSettings): LogRows {
  return store.kind === 'postgres' ? openPostgresRows(store) : asLogRows(openSqliteRows(store.directory));
}
