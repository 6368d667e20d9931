import { Worker } from 'node:worker_threads';
import type { Limits } from '../../config/limits.ts';
import type { Alert } from '../alerts/alert-book.ts';
import type { FoundAlerts } from '../alerts/select-alerts.ts';
import type {
  AlertQueries,
  SuspendedOfficer,
  WatchCommand,
  WatchReply,
  WatchSettings,
  WatchStatus,
} from './watch-messages.ts';
import type { WantedAct } from './watcher.ts';
import type { PatternName, Severity } from '../suspicion/pattern.ts';

export const WATCH_THREAD_LIMITS = {
  query: { value: 5_000, unit: 'ms', why: 'A query about alerts takes no longer than this.' },
  restart: {
    value: 1_000,
    unit: 'ms',
    why: 'A thread that died is started again after so long; twice as long after each further death.',
  },
  longestRestart: { value: 60_000, unit: 'ms', why: 'Between two starts.' },
  silence: { value: 60_000, unit: 'ms', why: 'A thread that says nothing for so long hangs, and is ended.' },
  close: {
    value: 5_000,
    unit: 'ms',
    why: 'The state is kept within so long, or the log is judged again from where it was kept last.',
  },
  memory: {
    value: 1_024,
    unit: 'MB',
    why: 'Heap of the thread. All that it remembers is bounded well below.',
  },
} as const satisfies Limits;

/** The thread is not there now. */
export class WatchUnavailable extends Error {
  override readonly name = 'WatchUnavailable';
}

export interface WatchObserver {
  status(status: WatchStatus): void;
  opened(pattern: PatternName, severity: Severity): void;
  trouble(code: string, count: number): void;
  suspended(officers: readonly SuspendedOfficer[]): void;
  /** The thread is there, or is not. */
  alive(isAlive: boolean): void;
}

export interface WatchThread {
  alerts(...given: Parameters<AlertQueries['alerts']>): Promise<FoundAlerts>;
  alert(id: string): Promise<Alert | null>;
  /** False while the thread is dead or silent. */
  isAlive(): boolean;
  /** Ends the thread as a crash would; tests alone call it. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: WatchUnavailable) => void;
}

/** Starts the thread, and starts it again where it dies. `record` puts an act on record, and rejects where that fails. */
export function startWatchThread(
  settings: WatchSettings,
  record: (wanted: WantedAct) => Promise<void>,
  observer: WatchObserver,
): WatchThread {
  const waiting = new Map<number, Waiting>();
  const recording = new Set<string>();
  let worker: Worker | null = null;
  let nextId = 0;
  let deaths = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  /** Time on the clock of performance.now(). */
  let lastSignAt = performance.now();

  const put = async (from: Worker, act: string, wanted: WantedAct): Promise<void> => {
    const done = (isRecorded: boolean): void => {
      from.postMessage({ kind: 'done', act, isRecorded } satisfies WatchCommand, []);
    };
    // Another thread of this process, which died since, has asked for it: it is on its way.
    if (recording.has(act)) return done(true);
    recording.add(act);
    const isRecorded = await record(wanted).then(
      () => true,
      () => false,
    );
    done(isRecorded);
    // The new thread reads it from the log soon; until then it would ask again.
    setTimeout(() => recording.delete(act), WATCH_THREAD_LIMITS.restart.value).unref();
  };

  const take = (from: Worker, reply: WatchReply): void => {
    lastSignAt = performance.now();
    switch (reply.kind) {
      case 'answer':
        waiting.get(reply.id)?.resolve(reply.result);
        waiting.delete(reply.id);
        break;
      case 'fault':
        waiting.get(reply.id)?.reject(new WatchUnavailable(reply.code));
        waiting.delete(reply.id);
        break;
      case 'wanted':
        void put(from, reply.act, reply.wanted);
        break;
      case 'status':
        deaths = 0;
        observer.status(reply.status);
        break;
      case 'opened':
        observer.opened(reply.pattern, reply.severity);
        break;
      case 'suspended':
        observer.suspended(reply.officers);
        break;
      case 'trouble':
        observer.trouble(reply.code, reply.count);
        break;
    }
  };

  const start = (): void => {
    const started = new Worker(new URL('./watch-worker.ts', import.meta.url), {
      workerData: settings,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: WATCH_THREAD_LIMITS.memory.value },
    });
    worker = started;
    lastSignAt = performance.now();
    started.on('message', (reply: WatchReply) => take(started, reply));
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker !== started) return;
      worker = null;
      for (const one of waiting.values()) one.reject(new WatchUnavailable('died'));
      waiting.clear();
      if (isClosed) return;
      observer.alive(false);
      const pause = WATCH_THREAD_LIMITS.restart.value * 2 ** Math.min(deaths, 10);
      deaths += 1;
      timer = setTimeout(start, Math.min(pause, WATCH_THREAD_LIMITS.longestRestart.value));
      timer.unref();
    });
    started.unref();
    observer.alive(true);
  };

  const isSilent = (): boolean => performance.now() - lastSignAt > WATCH_THREAD_LIMITS.silence.value;
  const looking = setInterval(() => {
    if (worker && isSilent()) void worker.terminate();
  }, WATCH_THREAD_LIMITS.silence.value / 4);
  looking.unref();

  const ask = async (command: (id: number) => WatchCommand, patienceMs: number): Promise<unknown> => {
    const asked = worker;
    if (!asked) throw new WatchUnavailable('not-there');
    const id = nextId++;
    const patience = setTimeout(() => {
      waiting.get(id)?.reject(new WatchUnavailable('timeout'));
      waiting.delete(id);
    }, patienceMs);
    try {
      return await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.postMessage(command(id), []);
      });
    } finally {
      clearTimeout(patience);
    }
  };
  const query = <Name extends keyof AlertQueries>(
    method: Name,
    ...given: Parameters<AlertQueries[Name]>
  ): Promise<ReturnType<AlertQueries[Name]>> =>
    ask((id) => ({ kind: 'query', id, method, given }), WATCH_THREAD_LIMITS.query.value) as Promise<
      ReturnType<AlertQueries[Name]>
    >;

  start();
  return {
    alerts: (...given) => query('alerts', ...given),
    alert: (id) => query('alert', id),
    isAlive: () => worker !== null && !isSilent(),
    async kill() {
      await worker?.terminate();
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(looking);
      if (!worker) return;
      await ask((id) => ({ kind: 'close', id }), WATCH_THREAD_LIMITS.close.value).catch(() => undefined);
      await worker?.terminate();
    },
  };
}
