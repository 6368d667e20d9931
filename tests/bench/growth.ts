import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCountry } from '../../mocks/country/country.ts';
import { mintToken } from '../../mocks/identity/mint-token.ts';
import { startMocks } from '../../mocks/servers/servers.ts';
import { CITIZEN, CITIZENS } from '../support/selections.ts';
import { pinTo, startContender, type Contender, type RunningContender } from './contenders.ts';
import { runLoad } from './load.ts';
import { medianOf, ROUNDS } from './rounds.ts';

/**
 * `node tests/bench/growth.ts`: how CPU grows with the persons of one request, and what the gateway adds to the time of a request
 * whose registers take 5 ms, beside the point-to-point client, with gate facts cached and not. Prints, asserts nothing.
 */
const SIZES = [1, 10, 100] as const;
const PERSONS = 400;
const REGISTER_MS = 5;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const ALONE = { SHARED_CALLS: 'off', RECORD_CACHE: 'off' };
const CONTENDERS: readonly Contender[] = [
  { name: 'point-to-point', script: 'sut-point-to-point.ts' },
  { name: 'gateway, single calls', script: 'sut-gateway.ts', settings: ALONE },
  { name: 'gateway, cached', script: 'sut-gateway.ts' },
];

const country = buildCountry();
const ids = country
  .people({ with: ['land', 'business', 'marriage'] })
  .take(PERSONS)
  .map(({ personalId }) => personalId)
  .toArray();
const headers = {
  'content-type': 'application/json',
  authorization: `Bearer ${mintToken({ clientId: 'inspectorate', sub: 'bench' })}`,
  'x-purpose': 'inspection',
  'x-case-id': 'H26-261121-0001',
};
const one = ids.map((personalId) => JSON.stringify({ query: CITIZEN, variables: { personalId } }));
const bodiesOf = (size: number): readonly string[] =>
  Array.from({ length: PERSONS / size }, (_none, at) => ids.slice(at * size, (at + 1) * size)).map(
    (personalIds) => JSON.stringify({ query: CITIZENS, variables: { personalIds } }),
  );

const mocks = await startMocks({ country });
const folder = mkdtempSync(join(tmpdir(), 'ndg-growth-'));
const running: RunningContender[] = [];
const isPinned = pinTo(process.pid, '1');
try {
  for (const contender of CONTENDERS) {
    const started = await startContender(contender, { folder, mocks, body: '' });
    running.push(started);
    if (isPinned) pinTo(started.pid, '0');
    await runLoad({ url: started.url, bodies: one, headers, concurrency: 32, milliseconds: 10_000 });
  }
  await printSizes();
  await printOverhead();
} finally {
  for (const contender of running) contender.stop();
  await mocks.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

async function printSizes(): Promise<void> {
  print(`CPU us a person, by persons in one request; medians of ${ROUNDS} rounds in turns`);
  print(`| | ${SIZES.join(' | ')} | most to least |`);
  print(`|---|${'---:|'.repeat(SIZES.length + 1)}`);
  for (const contender of running.filter(({ name }) => name.startsWith('gateway'))) {
    const cpu = new Map<number, number[]>(SIZES.map((size) => [size, []]));
    for (let round = 0; round <= ROUNDS; round += 1)
      for (const size of SIZES) {
        const before = await contender.usage();
        const { requests } = await runLoad({
          url: contender.url,
          bodies: bodiesOf(size),
          headers,
          concurrency: Math.max(1, 32 / size),
          milliseconds: 2_000,
        });
        const after = await contender.usage();
        // The first round compiles the plan.
        if (round > 0)
          cpu.get(size)?.push((after.cpuMicroseconds - before.cpuMicroseconds) / requests / size);
      }
    const medians = SIZES.map((size) => medianOf(cpu.get(size) ?? []));
    const spread = Math.max(...medians) / Math.min(...medians);
    print(
      `| ${contender.name} | ${medians.map((median) => median.toFixed(0)).join(' | ')} | ${spread.toFixed(2)}x |`,
    );
  }
}

/** One caller at a time: what is waited for, not what is queued. The log's hold-back is part of the gateway's time. */
async function printOverhead(): Promise<void> {
  for (const { faults } of Object.values(mocks.registers))
    faults.set({ fault: 'latency', p50: REGISTER_MS, p99: REGISTER_MS });
  print('');
  print(`One caller, registers take ${REGISTER_MS} ms; medians of ${ROUNDS} rounds in turns`);
  print('| | p50 ms | p99 ms |\n|---|---:|---:|');
  const times = new Map<string, { p50: number[]; p99: number[] }>();
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { name, url } of running) {
      const { p50, p99 } = await runLoad({ url, bodies: one, headers, concurrency: 1, milliseconds: 3_000 });
      const ofName = times.get(name) ?? { p50: [], p99: [] };
      ofName.p50.push(p50);
      ofName.p99.push(p99);
      times.set(name, ofName);
    }
  for (const [name, { p50, p99 }] of times)
    print(`| ${name} | ${medianOf(p50).toFixed(1)} | ${medianOf(p99).toFixed(1)} |`);
}
