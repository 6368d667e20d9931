import { fork, execFileSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCountry } from '../../mocks/country/country.ts';
import { fillEnvironment } from '../../mocks/demo.ts';
import { mintToken } from '../../mocks/identity/mint-token.ts';
import { startMocks, type RunningMocks } from '../../mocks/servers/servers.ts';
import { CITIZEN } from '../support/selections.ts';
import { runLoad, type LoadOptions, type LoadResult } from './load.ts';
import type { Usage } from './system-under-test.ts';

const PERSONS = 2_000;
const CONCURRENCY = 32;
/** The compiler shares the measured core: less, and what is measured is not yet compiled. */
const WARM_UP_MS = 12_000;
const MEASURED_MS = 8_000;

/** One measured process. */
export interface Contender {
  readonly name: string;
  readonly script: string;
  readonly settings?: Readonly<Record<string, string>>;
}

const CONTENDERS: readonly Contender[] = [
  { name: 'fixed body, node:http', script: 'sut-fixed-body.ts' },
  { name: 'Apollo Server, fixed data', script: 'sut-apollo.ts' },
  { name: 'point-to-point client', script: 'sut-point-to-point.ts' },
  {
    name: 'gateway, single calls',
    script: 'sut-gateway.ts',
    settings: { SHARED_CALLS: 'off', RECORD_CACHE: 'off' },
  },
  {
    name: 'gateway, shared calls',
    script: 'sut-gateway.ts',
    settings: { SHARED_CALLS: 'on', RECORD_CACHE: 'off' },
  },
  { name: 'gateway, warm cache', script: 'sut-gateway.ts' },
];

interface Row {
  readonly name: string;
  readonly load: LoadResult;
  readonly cpuMicroseconds: number;
  readonly upstreamCalls: number;
  readonly residentMegabytes: number;
}

/** The contract's citizen, asked by an agency. */
export async function benchEndToEnd(print: (line: string) => void): Promise<void> {
  const country = buildCountry();
  const bodies: string[] = [];
  for (const { personalId } of country.people({ with: ['land', 'business', 'marriage'] })) {
    bodies.push(JSON.stringify({ query: CITIZEN, variables: { personalId } }));
    if (bodies.length === PERSONS) break;
  }
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${mintToken({ clientId: 'inspectorate', sub: 'bench' })}`,
    'x-purpose': 'inspection',
    'x-case-id': 'H26-261121-0001',
  };
  const mocks = await startMocks({ country });
  const title = `End to end: contract's citizen, ${PERSONS} persons`;
  await benchContenders({ title, contenders: CONTENDERS, bodies, headers, mocks }, print);
}

/** What is asked of every contender. It closes the mocks. */
export interface Comparison {
  readonly title: string;
  readonly contenders: readonly Contender[];
  readonly bodies: readonly string[];
  readonly headers: LoadOptions['headers'];
  readonly mocks: RunningMocks;
}

/** Measured on core 0; the registers and the load run in this process, on core 1. Prints, asserts nothing. */
export async function benchContenders(
  { title, contenders, bodies, headers, mocks }: Comparison,
  print: (line: string) => void,
): Promise<void> {
  const isPinned = pinTo(process.pid, '1');
  const folder = mkdtempSync(join(tmpdir(), 'ndg-bench-'));
  const rows: Row[] = [];
  let usualBody = '';
  try {
    for (const contender of contenders.toSorted((a, b) => Number(isFloor(a)) - Number(isFloor(b)))) {
      const environment = await fillEnvironment(
        {
          ...process.env,
          PORT: '0',
          ADMIN_PORT: '0',
          LOG_LEVEL: 'silent',
          DATA_DIR: join(folder, `data-${rows.length}`),
          SECRETS_DIR: join(folder, 'secrets'),
          REDIS_URL: '',
          ...contender.settings,
        },
        mocks.urls,
      );
      const child = fork(new URL(contender.script, import.meta.url), {
        env: { ...environment, BENCH_BODY: usualBody },
      });
      try {
        const port = (await nextMessage<{ port: number }>(child)).port;
        if (isPinned && child.pid !== undefined) pinTo(child.pid, '0');
        const load = { url: `http://127.0.0.1:${port}/graphql`, bodies, headers, concurrency: CONCURRENCY };
        await runLoad({ ...load, milliseconds: WARM_UP_MS });
        const callsBefore = countCalls(mocks);
        const before = await usageOf(child);
        const result = await runLoad({ ...load, milliseconds: MEASURED_MS });
        const after = await usageOf(child);
        if (!isFloor(contender)) usualBody = result.lastBody;
        rows.push({
          name: contender.name,
          load: result,
          cpuMicroseconds: (after.cpuMicroseconds - before.cpuMicroseconds) / result.requests,
          upstreamCalls: (countCalls(mocks) - callsBefore) / result.requests,
          residentMegabytes: after.residentBytes / 1_048_576,
        });
      } finally {
        child.kill();
      }
    }
  } finally {
    await mocks.close();
    rmSync(folder, { recursive: true, force: true });
  }
  printRows(title, contenders, rows, isPinned, print);
}

function printRows(
  title: string,
  contenders: readonly Contender[],
  rows: readonly Row[],
  isPinned: boolean,
  print: (line: string) => void,
): void {
  const reference = rows.find((row) => row.name === 'point-to-point client')?.cpuMicroseconds ?? Number.NaN;
  print('');
  print(
    `${title}, ${CONCURRENCY} callers, ${MEASURED_MS / 1_000} s each, ` +
      (isPinned ? 'measured process on core 0, registers and load on core 1' : 'cores NOT pinned'),
  );
  print(
    '| | req/s | p50 ms | p99 ms | CPU us/req | register calls/req | RSS MB | CPU to point-to-point | failed |',
  );
  print('|---|---:|---:|---:|---:|---:|---:|---:|---:|');
  for (const { name } of contenders) {
    const row = rows.find((one) => one.name === name);
    if (!row) continue;
    const { load, cpuMicroseconds, upstreamCalls, residentMegabytes } = row;
    print(
      `| ${[
        name,
        (load.requests / load.seconds).toFixed(0),
        load.p50.toFixed(1),
        load.p99.toFixed(1),
        cpuMicroseconds.toFixed(0),
        upstreamCalls.toFixed(2),
        residentMegabytes.toFixed(0),
        `${(cpuMicroseconds / reference).toFixed(2)}x`,
        load.failures,
      ].join(' | ')} |`,
    );
  }
}

/** Floors come last: they send back what the others answered. */
function isFloor({ script }: Contender): boolean {
  return script === 'sut-fixed-body.ts' || script === 'sut-apollo.ts';
}

function countCalls({ registers }: Awaited<ReturnType<typeof startMocks>>): number {
  return Object.values(registers).reduce((sum, { log }) => sum + log.calls, 0);
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  const answer = nextMessage<{ usage: Usage }>(child);
  child.send('usage');
  return (await answer).usage;
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`the measured process ended with ${code}`)));
  });
}

/** All threads of a process; false where the machine has no `taskset` or a single core. */
function pinTo(pid: number, core: string): boolean {
  try {
    execFileSync('taskset', ['-a', '-p', '-c', core, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
