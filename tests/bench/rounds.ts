import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningMocks } from '../../mocks/servers/servers.ts';
import { pinTo, startContender, type Contender, type RunningContender } from './contenders.ts';
import { runLoad, type LoadOptions } from './load.ts';
import { threadCpuOf, type ThreadKind } from './thread-cpu.ts';

const CONCURRENCY = 32;
/** The compiler shares the measured core: less, and what is measured is not yet compiled. */
const WARM_UP_MS = 10_000;
const MEASURED_MS = 3_000;
/** The machine is shared: one round says little, and the contenders take turns, so that a busy minute meets all. */
export const ROUNDS = 5;

/** What is asked of every contender. It closes the mocks. */
export interface Comparison {
  readonly contenders: readonly Contender[];
  readonly bodies: readonly string[];
  readonly headers: LoadOptions['headers'];
  readonly mocks: RunningMocks;
}

/** A contender's rounds, one number each. */
export interface Measured {
  readonly name: string;
  /** CPU of all threads a request, in microseconds. */
  readonly cpu: number[];
  readonly perSecond: number[];
  /** Milliseconds. */
  readonly p50: number[];
  readonly p99: number[];
  readonly calls: number[];
  /** CPU a request by kind of thread, in microseconds. */
  readonly threads: Map<ThreadKind, number[]>;
  residentMegabytes: number;
  failures: number;
}

export interface Rounds {
  readonly isPinned: boolean;
  readonly measured: readonly Measured[];
}

/**
 * Measures contenders in turns: each on core 0 with the others idle, while the registers and the load run in this process on
 * core 1. Before each turn every body is asked once more, unmeasured, since what a cache keeps for seconds ran out meanwhile.
 */
export async function runRounds({ contenders, bodies, headers, mocks }: Comparison): Promise<Rounds> {
  const isPinned = pinTo(process.pid, '1');
  const folder = mkdtempSync(join(tmpdir(), 'ndg-bench-'));
  const running: RunningContender[] = [];
  const measured: Measured[] = [];
  let body = '';
  const load = (url: string) => ({ url, bodies, headers, concurrency: CONCURRENCY });
  try {
    for (const contender of contenders) {
      const started = await startContender(contender, { folder, mocks, body });
      running.push(started);
      measured.push(emptyMeasured(contender.name));
      if (isPinned) pinTo(started.pid, '0');
      const { lastBody } = await runLoad({ ...load(started.url), milliseconds: WARM_UP_MS });
      // Floors, which come last, send back what the others answered.
      body ||= lastBody;
    }
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [place, contender] of running.entries()) {
        await runLoad({ ...load(contender.url), milliseconds: Infinity, requests: bodies.length });
        const into = measured[place];
        if (into) await measure(contender, load(contender.url), mocks, into);
      }
  } finally {
    for (const contender of running) contender.stop();
    await mocks.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { isPinned, measured };
}

async function measure(
  contender: RunningContender,
  load: Omit<LoadOptions, 'milliseconds'>,
  mocks: RunningMocks,
  into: Measured,
): Promise<void> {
  const callsBefore = countCalls(mocks);
  const threadsBefore = threadCpuOf(contender.pid);
  const before = await contender.usage();
  const result = await runLoad({ ...load, milliseconds: MEASURED_MS });
  const after = await contender.usage();
  const threads = threadCpuOf(contender.pid);
  const { requests } = result;
  into.cpu.push((after.cpuMicroseconds - before.cpuMicroseconds) / requests);
  into.perSecond.push(requests / result.seconds);
  into.p50.push(result.p50);
  into.p99.push(result.p99);
  into.calls.push((countCalls(mocks) - callsBefore) / requests);
  for (const [kind, microseconds] of threads) {
    const ofKind = into.threads.get(kind) ?? [];
    ofKind.push((microseconds - (threadsBefore.get(kind) ?? 0)) / requests);
    into.threads.set(kind, ofKind);
  }
  into.residentMegabytes = after.residentBytes / 1_048_576;
  into.failures += result.failures;
}

export function medianOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function emptyMeasured(name: string): Measured {
  return {
    name,
    cpu: [],
    perSecond: [],
    p50: [],
    p99: [],
    calls: [],
    threads: new Map(),
    residentMegabytes: 0,
    failures: 0,
  };
}

function countCalls({ registers }: RunningMocks): number {
  return Object.values(registers).reduce((sum, { log }) => sum + log.calls, 0);
}
