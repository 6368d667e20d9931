import { fork, execFileSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fillEnvironment } from '../../mocks/demo.ts';
import { NODE_FLAGS } from '../../src/commands/serve/node-flags.ts';
import type { RunningMocks } from '../../mocks/servers/servers.ts';
import type { Usage } from './system-under-test.ts';

/** One measured process. */
export interface Contender {
  readonly name: string;
  readonly script: string;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface RunningContender {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  usage(): Promise<Usage>;
  stop(): void;
}

/** Starts a contender beside the mocks, with a data folder of its own, under the flags of Node that a gateway is served with. */
export async function startContender(
  { name, script, settings }: Contender,
  { folder, mocks, body }: { readonly folder: string; readonly mocks: RunningMocks; readonly body: string },
): Promise<RunningContender> {
  const environment = await fillEnvironment(
    {
      ...process.env,
      PORT: '0',
      ADMIN_PORT: '0',
      LOG_LEVEL: 'silent',
      DATA_DIR: join(folder, name.replaceAll(/\W/g, '-')),
      SECRETS_DIR: join(folder, 'secrets'),
      REDIS_URL: '',
      ...settings,
    },
    mocks.urls,
  );
  const child = fork(new URL(script, import.meta.url), {
    env: { ...environment, BENCH_BODY: body },
    execArgv: [...NODE_FLAGS],
  });
  const { port } = await nextMessage<{ port: number }>(child);
  const pid = child.pid ?? 0;
  return {
    name,
    pid,
    url: `http://127.0.0.1:${port}/graphql`,
    async usage() {
      const answer = nextMessage<{ usage: Usage }>(child);
      child.send('usage');
      return (await answer).usage;
    },
    stop: () => void child.kill(),
  };
}

/** Pins all threads of a process; false where the machine has no `taskset` or a single core. */
export function pinTo(pid: number, core: string): boolean {
  try {
    execFileSync('taskset', ['-a', '-p', '-c', core, String(pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void =>
      reject(new Error(`the measured process ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as T);
    });
  });
}
