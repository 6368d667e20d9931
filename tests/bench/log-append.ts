import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, findSharedPostgres } from '../support/servers/postgres.ts';
import type { AppendMeasure } from './log-append-run.ts';
import type { StoreSettings } from '../../src/access-log/stores/open-store.ts';

const APPENDERS = 32;
const MEASURED_MS = 8_000;
/** Entries at which the memory of the process is looked at. */
const SIZES = [10_000, 100_000, 500_000];

/** The writer's hot path, each store in a process of its own: speed, CPU beside the same without a log, memory. Asserts nothing. */
const folder = mkdtempSync(join(tmpdir(), 'ndg-log-append-'));
const postgres = await findSharedPostgres();
const database = postgres === undefined ? undefined : await createDatabase(postgres);
const stores: (readonly [name: string, store: () => StoreSettings | null])[] = [
  ['no log', () => null],
  ['SQLite', () => ({ kind: 'sqlite', directory: mkdtempSync(join(folder, 'data-')), maxPages: null })],
];
if (database) {
  stores.push([
    'PostgreSQL',
    () => ({
      kind: 'postgres',
      url: database.url,
      indexUrl: null,
      timeoutMs: 4_000,
      mayMigrate: true,
      mayOwn: true,
    }),
  ]);
}

try {
  const rows: Record<string, string | number>[] = [];
  let bare = 0;
  for (const [name, store] of stores) {
    const speed = await measure({
      store: store(),
      appenders: APPENDERS,
      milliseconds: MEASURED_MS,
      sizes: [],
    });
    const cpu = (speed.cpuMicroseconds / speed.appends) | 0;
    if (name === 'no log') bare = cpu;
    const memory = await measure({ store: store(), appenders: APPENDERS, milliseconds: 0, sizes: SIZES });
    rows.push({
      store: name,
      'appends/s': Math.round((speed.appends * 1_000) / speed.milliseconds),
      'p50 ms': speed.p50.toFixed(2),
      'p99 ms': speed.p99.toFixed(2),
      'CPU us': cpu,
      'more CPU us': cpu - bare,
      'main thread us': Math.round(speed.mainMicroseconds / speed.appends),
      ...Object.fromEntries(
        memory.megabytes.map((megabytes, n) => [`MB at ${SIZES[n]}`, Math.round(megabytes)]),
      ),
    });
  }
  console.log(
    `${APPENDERS} appenders of a record with 10 subjects; CPU of the process, not of the database's server`,
  );
  console.table(rows);
} finally {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(wanted: object): Promise<AppendMeasure> {
  const script = join(import.meta.dirname, 'log-append-run.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(wanted)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await once(child, 'close');
  return JSON.parse(printed) as AppendMeasure;
}
