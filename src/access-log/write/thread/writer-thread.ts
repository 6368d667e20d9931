import { Worker } from 'node:worker_threads';
import type { Command, WriterReply, WorkerSettings } from './worker-messages.ts';

export type StartWorker = (settings: WorkerSettings) => Worker;

/** Neither environment nor flags of the process concern it. */
export const startLogWorker: StartWorker = (settings) =>
  new Worker(new URL('./log-worker.ts', import.meta.url), {
    name: 'log-writer',
    workerData: settings,
    env: {},
    execArgv: [],
  });

/** A thread that takes one command at a time, and is started again with the next command after it died. */
export class WriterThread {
  readonly #start: () => Worker;
  /** Silence after which the thread is given up, in ms. */
  readonly #patienceMs: number;
  #worker: Worker | null = null;
  #waiting: ((reply: WriterReply) => void) | null = null;

  constructor(start: () => Worker, patienceMs: number) {
    this.#start = start;
    this.#patienceMs = patienceMs;
  }

  /** Never rejects: a thread that dies leaves unknown what it did. Not to be called before the last reply. */
  send(command: Command, patienceMs: number = this.#patienceMs): Promise<WriterReply> {
    return new Promise((resolve) => {
      let worker: Worker;
      try {
        worker = this.#worker ??= this.#spawn();
      } catch {
        resolve({ outcome: 'not-begun', code: 'worker-not-started' });
        return;
      }
      // A thread held in a system call ends when that returns; until then no second one may take its place.
      const patience = setTimeout(() => void worker.terminate(), patienceMs);
      this.#waiting = (reply) => {
        clearTimeout(patience);
        this.#waiting = null;
        resolve(reply);
      };
      worker.postMessage(command, []);
    });
  }

  async end(): Promise<void> {
    await this.#worker?.terminate();
  }

  #spawn(): Worker {
    const worker = this.#start();
    worker.on('message', (reply: WriterReply) => this.#waiting?.(reply));
    // `exit` follows, and is where the death is dealt with.
    worker.on('error', () => {});
    worker.on('exit', () => {
      this.#worker = null;
      this.#waiting?.({ outcome: 'unknown', code: 'worker-died' });
    });
    return worker;
  }
}
