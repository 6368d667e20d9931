import { Client } from 'pg';
import type { Limits } from '../../config/limits.ts';
import type { StoreSettings } from '../../access-log/stores/open-store.ts';

export const LEADERSHIP_LIMITS = {
  retry: {
    value: 5_000,
    unit: 'ms',
    why: 'How soon another instance opens alerts after the one that did is gone.',
  },
} as const satisfies Limits;

/** A number of our own for PostgreSQL's advisory locks: "ndg watch" in a few digits. */
const LOCK = 7_301_992_841;

/** Decides which instance of those that share a store opens alerts. All of them judge, so that any can take over at once. */
export interface Leadership {
  isLeader(): boolean;
  close(): Promise<void>;
}

/** A SQLite log belongs to one instance. In PostgreSQL an advisory lock of the session decides, which ends with its connection. */
export function standForLeader(store: StoreSettings): Leadership {
  return store.kind === 'sqlite'
    ? { isLeader: () => true, close: async () => undefined }
    : standInPostgres(store.url);
}

function standInPostgres(url: string): Leadership {
  let client: Client | null = null;
  let isLeader = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    if (!isClosed) timer = setTimeout(() => void stand(), LEADERSHIP_LIMITS.retry.value);
  };
  const drop = (): void => {
    isLeader = false;
    void client?.end().catch(() => undefined);
    client = null;
  };
  const stand = async (): Promise<void> => {
    try {
      if (!client) {
        client = new Client({
          connectionString: url,
          application_name: 'national-data-gateway watch',
          connectionTimeoutMillis: LEADERSHIP_LIMITS.retry.value,
          query_timeout: LEADERSHIP_LIMITS.retry.value,
          keepAlive: true,
        });
        const own = client;
        own.on('error', () => {
          if (own === client) drop();
        });
        await own.connect();
      }
      // Asked again while it is held, so that a connection that has gone silent is noticed.
      const asked = isLeader ? 'SELECT true AS held' : `SELECT pg_try_advisory_lock(${LOCK}) AS held`;
      isLeader = (await client.query<{ held: boolean }>(asked)).rows[0]?.held === true;
    } catch {
      drop();
    }
    later();
  };
  void stand();
  return {
    isLeader: () => isLeader,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const own = client;
      client = null;
      isLeader = false;
      await own?.end().catch(() => undefined);
    },
  };
}
