import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { delay, freePort } from './redis.ts';

/** A database of a test's own. */
export interface OwnDatabase {
  /** As the superuser. */
  readonly url: string;
  /** The same for another login. */
  urlOf(login: string): string;
  /** As the superuser; rows of the last statement. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  drop(): Promise<void>;
}

/** A server of a test's own, which it may stop, pause and fill. */
export interface OwnPostgres {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  /** `fast` ends connections in order, `immediate` is a crash. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  /** SIGSTOP or SIGCONT to all of its processes. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  remove(): Promise<void>;
}

/** DATABASE_URL, else 127.0.0.1:5432 as `postgres`; undefined where nothing answers there. */
export async function findSharedPostgres(): Promise<string | undefined> {
  const url = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  return (await answers(url)) ? url : undefined;
}

/** Folder of initdb and pg_ctl, of the newest version that is installed; undefined where none is. */
export function findPostgresBinaries(): string | undefined {
  const versions = '/usr/lib/postgresql';
  const installed = existsSync(versions) ? readdirSync(versions).map(Number) : [];
  return installed
    .sort((a, b) => b - a)
    .map((version) => join(versions, String(version), 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/** On the server of `url`, under a random name. */
export async function createDatabase(url: string): Promise<OwnDatabase> {
  const name = `gateway_test_${randomBytes(6).toString('hex')}`;
  await runSql(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    urlOf(login) {
      const other = new URL(own);
      other.username = login;
      return other.href;
    },
    sql: (text, values) => runSql(own.href, text, values),
    drop: async () => void (await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** On a free port, with its files in `folder`, or in a temporary one. */
export async function startOwnPostgres(binaries: string, folder?: string): Promise<OwnPostgres> {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'gateway-postgres-'));
  const data = join(home, 'data');
  mkdirSync(data, { recursive: true });
  const user = serverUser();
  for (const path of [home, data]) if (user) chownSync(path, user.uid, user.gid);
  const run = async (name: string, ...args: string[]): Promise<void> => {
    const child = spawn(join(binaries, name), args, { ...user, cwd: home, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`${name} ${args.at(-1)} failed: ${String(code)}`);
  };
  await run(
    'initdb',
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--no-sync',
    '--wal-segsize=1',
    '--locale=C.UTF-8',
  );
  const port = await freePort();
  // Small, so that a test can fill it.
  const options = `-p ${port} -c max_wal_size=8MB -c min_wal_size=2MB -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c max_connections=20`;
  const own: OwnPostgres = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    start: () => run('pg_ctl', '-D', data, '-w', '-o', options, '-l', join(home, 'log'), 'start'),
    stop: (mode) => run('pg_ctl', '-D', data, '-w', '-m', mode, 'stop'),
    signal(signal) {
      for (const pid of processesOf(data)) {
        try {
          process.kill(pid, signal);
        } catch {
          // Ended meanwhile.
        }
      }
    },
    async remove() {
      own.signal('SIGCONT');
      if (existsSync(join(data, 'postmaster.pid'))) await own.stop('immediate').catch(() => undefined);
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
  await own.start();
  return own;
}

export async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    void client.end().catch(() => undefined);
  }
}

export async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 400 && !(await answers(url)); attempt++) await delay(25);
}

/** How many the server counts to that database. */
export async function connectionsIn(url: string, database: string): Promise<number> {
  const text = 'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1';
  const [row] = await runSql<{ count: number }>(url, text, [database]);
  return row?.count ?? 0;
}

async function runSql<Row>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows as readonly Row[];
  } finally {
    await client.end();
  }
}

/** The server refuses to run as root. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}

/** The postmaster and what it started. */
function processesOf(data: string): readonly number[] {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return [];
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === postmaster);
  return [postmaster, ...children];
}

function parentOf(pid: number): number | null {
  try {
    // pid (comm) state ppid
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
