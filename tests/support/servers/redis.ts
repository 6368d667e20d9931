import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A `redis-server` of a test's own, which it may stop, pause and fill. */
export interface OwnRedis {
  readonly port: number;
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** REDIS_URL, else 127.0.0.1:6379; undefined where nothing answers PING there. */
export async function findSharedRedis(): Promise<string | undefined> {
  const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
  const { hostname, port } = new URL(url);
  return (await answersPing(hostname, Number(port || 6379))) ? url : undefined;
}

export function hasRedisBinary(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Where a test cannot have its server: fails in CI, elsewhere says so in one line; true where it is to be skipped. */
export function isSkippedWithout(what: string, isThere: boolean): boolean {
  if (isThere) return false;
  if (process.env['CI']) throw new Error(`${what} is missing: in CI these tests must run`);
  console.warn(`skipped: ${what} is missing`);
  return true;
}

/** On the given port, or a free one; nothing is written to disk but an empty directory, removed by `stop`. */
export async function startRedis(args: readonly string[] = [], fixedPort?: number): Promise<OwnRedis> {
  const port = fixedPort ?? (await freePort());
  const directory = await mkdtemp(join(tmpdir(), 'gateway-redis-'));
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory,
      ...args,
    ],
    { stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  for (let attempt = 0; attempt < 200 && !(await answersPing('127.0.0.1', port)); attempt += 1)
    await delay(25);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    process: server,
    async stop() {
      server.kill('SIGKILL');
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function answersPing(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    const finish = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    // A server that wants a password answers too.
    socket.once('data', (answer) => finish(/^(\+PONG|-NOAUTH)/.test(answer.toString('latin1'))));
  });
}
