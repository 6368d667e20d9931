import { Client, types, type QueryConfig, type QueryResult } from 'pg';
import type { Limits } from '../../../config/limits.ts';
import { StoreFault } from '../log-store.ts';

export interface ConnectionSettings {
  /** DATABASE_URL. */
  readonly url: string;
  /** Patience with the server for connecting and for each statement, in ms. */
  readonly timeoutMs: number;
}

export type LogRole = 'access_log_writer' | 'access_log_reader' | 'access_log_indexer';

/** One connection to the database. Every method rejects with StoreFault. */
export interface Connection {
  /** Uncertain where the server may have carried out what it did not answer. */
  query<Row = unknown>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Runs a query that is planned once under that name. */
  queryPlanned<Row = unknown>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]>;
  /** Closes the connection in bounded time, also where the server no longer answers. */
  close(): Promise<void>;
}

// Indexes and times fit a double exactly for longer than anybody writes: 2^53.
const INT8 = 20;
types.setTypeParser(INT8, (text) => Number(text));

export const POSTGRES_CONNECTION_LIMITS = {
  goodbye: {
    value: 500,
    unit: 'ms',
    why: 'A closing connection is cut when the server does not answer in this time.',
  },
} as const satisfies Limits;

/**
 * Connects under a role, or with null under the role that DATABASE_URL names. `statementMs` is the time limit of each
 * statement, where it differs from that of connecting.
 */
export async function connect(
  { url, timeoutMs }: ConnectionSettings,
  role: LogRole | null,
  statementMs = timeoutMs,
): Promise<Connection> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: statementMs,
    // The server gives up first: a statement that waits for a lock would outlive its connection, and hold a place there.
    statement_timeout: Math.ceil((statementMs * 3) / 4),
    keepAlive: true,
    application_name: 'national-data-gateway',
  });
  let isLost = false;
  client.on('error', () => (isLost = true));
  client.on('end', () => (isLost = true));
  const run = async (query: QueryConfig): Promise<QueryResult> => {
    if (isLost) throw new StoreFault('pg-connection-lost', false);
    try {
      return await client.query(query);
    } catch (error) {
      throw pgFaultOf(error, true);
    }
  };
  const connection: Connection = {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      return (await run({ text, values: [...values] })).rows as readonly Row[];
    },
    async queryPlanned<Row>(name: string, text: string, values: readonly unknown[]) {
      return (await run({ name, text, values: [...values] })).rows as readonly Row[];
    },
    async close() {
      const goodbye = setTimeout(
        () => client.connection.stream.destroy(),
        POSTGRES_CONNECTION_LIMITS.goodbye.value,
      );
      await client.end().catch(() => undefined);
      clearTimeout(goodbye);
    },
  };
  try {
    await client.connect();
    if (role !== null) await takeRole(client, role);
    return connection;
  } catch (error) {
    await connection.close();
    throw pgFaultOf(error, false);
  }
}

const NO_SUCH_ROLE = 'pg-22023';
const NO_RIGHT = 'pg-42501';

/** Takes a role by a statement, since DATABASE_URL overrides the options of the connection. */
export async function takeRole(
  client: { query(text: string): Promise<unknown> },
  role: LogRole,
): Promise<void> {
  try {
    await client.query(`SET ROLE ${role}`);
  } catch (error) {
    const fault = pgFaultOf(error, false);
    if (fault.code === NO_SUCH_ROLE) throw new StoreFault('not-migrated', false);
    throw fault.code === NO_RIGHT ? new StoreFault('role-not-granted', false) : fault;
  }
}

/**
 * SQLSTATE classes whose errors say that the statement was not carried out: data, constraint, rights, resources. Of class 57 only
 * a statement cut short: a server that is shut down may have committed.
 */
const CERTAIN = /^(22|23|25|28|3D|3F|40|42|53|54|55|57014)/;
const UNIQUE_VIOLATION = '23505';

/** Never a message: the server's may quote values. The name of a constraint is our own. */
export function pgFaultOf(error: unknown, isUncertain: boolean): StoreFault {
  if (error instanceof StoreFault) return error;
  const code = textOf(error, 'code');
  if (/^[0-9A-Z]{5}$/.test(code)) {
    const constraint = code === UNIQUE_VIOLATION ? `-${textOf(error, 'constraint')}` : '';
    return new StoreFault(`pg-${code}${constraint}`, isUncertain && !CERTAIN.test(code));
  }
  if (code !== '') return new StoreFault(code, isUncertain);
  const isTimeout = error instanceof Error && /timeout/i.test(error.message);
  return new StoreFault(isTimeout ? 'pg-timeout' : 'pg-failed', isUncertain);
}

function textOf(error: unknown, name: 'code' | 'constraint'): string {
  const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
  return typeof value === 'string' ? value : '';
}
