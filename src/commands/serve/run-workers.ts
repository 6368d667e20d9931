import cluster, { type Worker } from 'node:cluster';
import { mkdirSync } from 'node:fs';
import { NODE_FLAGS } from './node-flags.ts';
import type { WorkerIdentity } from './worker-environments.ts';

export interface WorkersOptions {
  /** The script that each worker runs. */
  readonly main: string;
  readonly environments: readonly WorkerIdentity[];
  /** Signals that are passed on, and after which no worker is started again. */
  readonly signals: readonly NodeJS.Signals[];
  readonly pauses?: { readonly firstMs: number; readonly longestMs: number };
}

const PAUSES = { firstMs: 1_000, longestMs: 30_000 };

/**
 * Runs workers that share one port (node:cluster), until a signal ends them. A worker that ends after it listened is started again, at
 * ever longer pauses; one that ends before that has settings that no repeat mends, and ends all. Resolves to the exit status.
 */
export function runWorkers({
  main,
  environments,
  signals,
  pauses = PAUSES,
}: WorkersOptions): Promise<number> {
  cluster.setupPrimary({ exec: main, args: [], execArgv: [...NODE_FLAGS] });
  const running = new Set<Worker>();
  const waiting = new Set<NodeJS.Timeout>();
  let status = 0;
  let isEnding = false;

  return new Promise((resolve) => {
    const end = (signal: NodeJS.Signals): void => {
      isEnding = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
      for (const worker of running) worker.process.kill(signal);
      if (running.size === 0) finish();
    };
    const finish = (): void => {
      for (const signal of signals) process.off(signal, end);
      resolve(status);
    };
    const start = (settings: WorkerIdentity, pauseMs: number): void => {
      mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 });
      const worker = cluster.fork(settings);
      const startedAt = performance.now();
      let hasListened = false;
      running.add(worker);
      worker.on('listening', () => (hasListened = true));
      worker.on('exit', (code: number | null) => {
        running.delete(worker);
        if (!isEnding && !hasListened) {
          status = code ?? 1;
          end('SIGTERM');
        } else if (!isEnding) {
          // A worker that ran for long has not the same trouble again.
          const wait = performance.now() - startedAt > pauses.longestMs ? pauses.firstMs : pauseMs;
          const timer = setTimeout(() => {
            waiting.delete(timer);
            start(settings, Math.min(2 * wait, pauses.longestMs));
          }, wait);
          waiting.add(timer);
        } else if (running.size === 0) finish();
      });
    };
    for (const signal of signals) process.on(signal, end);
    for (const settings of environments) start(settings, pauses.firstMs);
  });
}
