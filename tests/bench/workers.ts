import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from '../../src/access-log/stores/postgres/connection.ts';
import { grantRoles, migrate } from '../../src/access-log/stores/postgres/migrate.ts';
import { createProductionSetting } from '../support/production-setting.ts';
import { CITIZEN } from '../support/selections.ts';
import { createDatabase, findSharedPostgres } from '../support/servers/postgres.ts';
import { delay, findSharedRedis, freePort } from '../support/servers/redis.ts';
import { runLoad } from './load.ts';
import { medianOf } from './rounds.ts';
import { threadCpuOf } from './thread-cpu.ts';

/**
 * `node tests/bench/workers.ts`: CPU a request and requests a second of `ndg serve` in one process and with two workers, over PostgreSQL
 * and Redis, in turns. Registers and load share the cores: on two cores only the CPU a request tells something.
 */
const ROUNDS = 5;
const PERSONS = 500;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const postgres = await findSharedPostgres();
const redis = await findSharedRedis();
if (postgres === undefined || redis === undefined) {
  print('Needs PostgreSQL and Redis.');
  process.exit(1);
}
const setting = await createProductionSetting(['one', 'two', 'two-1', 'two-2']);
const database = await createDatabase(postgres);
const login = `bench_${randomBytes(6).toString('hex')}`;
await database.sql(`CREATE ROLE ${login} LOGIN`);
const owner = await connect({ url: database.url, timeoutMs: 10_000 }, null);
await migrate(owner);
await grantRoles(owner, login);
await owner.close();

interface Served {
  readonly name: string;
  readonly url: string;
  cpuOf(): number;
  readonly cpu: number[];
  readonly perSecond: number[];
  readonly p99: number[];
  stop(): Promise<unknown>;
}

async function serve(
  name: string,
  instance: string,
  args: readonly string[],
  processes: number,
): Promise<Served> {
  const port = await freePort();
  const child = spawn(process.execPath, ['src/commands/ndg.ts', 'serve', ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ENV_FILE: 'off',
      ...setting.environments[instance],
      PORT: String(port),
      DATABASE_URL: database.urlOf(login),
      REDIS_URL: redis ?? '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (output.split('gateway.ready').length - 1 < processes) {
    if (child.exitCode !== null) throw new Error('a gateway did not start');
    await delay(100);
  }
  const tree = [child.pid ?? 0, ...childrenOf(child.pid ?? 0)];
  return {
    name,
    url: `http://127.0.0.1:${port}/graphql`,
    cpuOf: () => tree.flatMap((pid) => [...threadCpuOf(pid).values()]).reduce((sum, one) => sum + one, 0),
    cpu: [],
    perSecond: [],
    p99: [],
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function childrenOf(pid: number): readonly number[] {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
}

const bodies = setting.country
  .people({ with: ['land', 'business', 'marriage'] })
  .take(PERSONS)
  .map(({ personalId }) => JSON.stringify({ query: CITIZEN, variables: { personalId } }))
  .toArray();
const headers = {
  'content-type': 'application/json',
  authorization: `Bearer ${setting.token()}`,
  'x-purpose': 'inspection',
  'x-case-id': 'H26-261121-0001',
};
const served: Served[] = [];
try {
  served.push(await serve('one process', 'one', [], 1));
  served.push(await serve('two workers', 'two', ['--workers', '2'], 2));
  for (const { url } of served)
    await runLoad({ url, bodies, headers, concurrency: 32, milliseconds: 12_000 });
  for (let round = 0; round < ROUNDS; round += 1)
    for (const one of served) {
      await runLoad({
        url: one.url,
        bodies,
        headers,
        concurrency: 32,
        milliseconds: 60_000,
        requests: PERSONS,
      });
      const before = one.cpuOf();
      const { requests, seconds, p99 } = await runLoad({
        url: one.url,
        bodies,
        headers,
        concurrency: 32,
        milliseconds: 4_000,
      });
      one.cpu.push((one.cpuOf() - before) / requests);
      one.perSecond.push(requests / seconds);
      one.p99.push(p99);
    }
  const [base] = served;
  print(`Cached records, ${ROUNDS} rounds in turns; registers, load, PostgreSQL and Redis on the same cores`);
  print('| | CPU us/req | least-most | to one process | req/s | p99 ms |\n|---|---:|---:|---:|---:|---:|');
  for (const { name, cpu, perSecond, p99 } of served) {
    const ratios = cpu.map((one, round) => one / (base?.cpu[round] ?? Number.NaN));
    print(
      `| ${name} | ${medianOf(cpu).toFixed(0)} | ${Math.min(...cpu).toFixed(0)}-${Math.max(...cpu).toFixed(0)} | ` +
        `${medianOf(ratios).toFixed(2)}x | ${medianOf(perSecond).toFixed(0)} | ${medianOf(p99).toFixed(1)} |`,
    );
  }
} finally {
  await Promise.all(served.map((one) => one.stop()));
  await database.sql(`DROP OWNED BY ${login}`);
  await database.sql(`DROP ROLE ${login}`);
  await database.drop();
  await setting.close();
}
process.exit(0);
