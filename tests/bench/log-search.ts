import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreSettings } from '../../src/access-log/stores/open-store.ts';
import { createDatabase, findSharedPostgres } from '../support/servers/postgres.ts';

/**
 * `node tests/bench/log-search.ts [ENTRIES] [sqlite|postgres|both] [ANSWERS A GROUP]`: fills a log with ENTRIES (10^6) entries,
 * indexes it and asks it what auditors ask. Filling and reading are processes of their own, so that the reader's memory is its own.
 * Prints tables, asserts nothing. 10^7 entries take 15 GB of disk.
 */
const [entries = '1000000', kinds = 'both', perGroup = '50'] = process.argv.slice(2);
const BYTES_AN_ENTRY = 2_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface BenchStore {
  readonly settings: StoreSettings;
  /** Of the log, and of the index, in bytes. */
  sizes(): Promise<readonly [log: number, index: number]>;
  drop(): Promise<void>;
}

const stores: Readonly<Record<string, () => Promise<BenchStore | null>>> = {
  sqlite: openSqlite,
  postgres: openPostgres,
};
for (const [name, open] of Object.entries(stores)) {
  if (kinds !== 'both' && kinds !== name) continue;
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < 2 * BYTES_AN_ENTRY * Number(entries)) throw new Error('the disk is too full for it');
  const store = await open();
  if (!store) print(`${name}: no server answers`);
  else await measure(name, store).finally(() => store.drop());
}

async function measure(name: string, store: BenchStore): Promise<void> {
  const { settings } = store;
  const seconds = Number(await run('log-search-fill.ts', [JSON.stringify(settings), entries, perGroup]));
  print(`\n${name}: ${entries} entries, ${perGroup} answers of 3 a group`);
  print(`filled in ${seconds.toFixed(0)} s, ${Math.round(Number(entries) / seconds)} entries/s`);
  const columns = ['', 'p50 ms', 'p99 ms', 'found', 'RSS MiB', 'peak MiB'];
  print(row(columns));
  await run('log-search-read.ts', [JSON.stringify(settings), entries], (line) => print(row(line.split('|'))));
  const [log, index] = await store.sizes();
  print(`on disk: log ${megabytes(log)}, index ${megabytes(index)}`);
}

function row([name = '', ...numbers]: readonly string[]): string {
  return name.padEnd(26) + numbers.map((one) => one.padStart(11)).join('');
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB (${Math.round(bytes / Number(entries))} bytes an entry)`;
}

/** A file of this folder as a process; its output. Rejects where it fails. */
function run(
  file: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let told = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    for (let end = output.indexOf('\n', told); end >= 0; end = output.indexOf('\n', told)) {
      onLine(output.slice(told, end));
      told = end + 1;
    }
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${file} failed`))));
  });
}

async function openSqlite(): Promise<BenchStore> {
  const directory = mkdtempSync(join(tmpdir(), 'log-search-'));
  const sizeOf = (stem: string): number =>
    readdirSync(directory)
      .filter((file) => file.startsWith(`${stem}.sqlite`))
      .reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
  return {
    settings: { kind: 'sqlite', directory, maxPages: null },
    sizes: async () => [sizeOf('access-log'), sizeOf('access-log-index')],
    drop: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function openPostgres(): Promise<BenchStore | null> {
  const server = await findSharedPostgres();
  if (server === undefined) return null;
  const database = await createDatabase(server);
  return {
    settings: {
      kind: 'postgres',
      url: database.url,
      indexUrl: null,
      timeoutMs: 60_000,
      mayMigrate: true,
      mayOwn: true,
    },
    async sizes() {
      const [found] = await database.sql<{ log: string; index: string }>(
        `SELECT sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'access_log') AS log,
                sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'access_index') AS index
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'`,
      );
      return [Number(found?.log), Number(found?.index)];
    },
    drop: () => database.drop(),
  };
}
