import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeSettings } from '../../config/settings/describe-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { UsageError } from '../command-line/command-failure.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { NODE_FLAGS } from './node-flags.ts';
import { runWorkers } from './run-workers.ts';
import { workerEnvironments, WORKER_LIMITS } from './worker-environments.ts';

const MAIN = fileURLToPath(import.meta.resolve('../../main.ts'));
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const serveCommand = buildSubcommand({
  details: `Runs the gateway until a signal stops it. Its settings come from the environment and from .env in the working directory; the
environment wins.

With --workers, N processes answer on one PORT. Worker K is an instance of its own: INSTANCE_ID-K, DATA_DIR/K, the key
checkpoint-INSTANCE_ID-K (ndg setup --workers makes it), ADMIN_PORT+K, and a log of its own. They need DATABASE_URL and REDIS_URL, by
which instances see each other's logs, caches and counts. A worker that ends is started again.`,
  appendix: describeSettings(),
  options: {
    demo: { meaning: 'mocks or makes what is not set, on loopback only' },
    workers: {
      value: 'N',
      meaning: `processes, 1 to ${WORKER_LIMITS.workers.value}; without it, one plain instance`,
    },
  },
  run: async ({ demo, workers }) => {
    if (workers === undefined) return serveAlone(demo);
    if (demo) throw new UsageError('--workers needs a shared database and Redis: the demo is one process.');
    process.exitCode = await runWorkers({
      main: MAIN,
      environments: workerEnvironments(readEnvironment(), workers),
      signals: PASSED_ON,
    });
  },
});

async function serveAlone(isDemo: boolean): Promise<void> {
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, ...(isDemo ? ['--demo'] : [])], {
    stdio: 'inherit',
  });
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of PASSED_ON) process.on(signal, passOn);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  for (const one of PASSED_ON) process.off(one, passOn);
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
}
