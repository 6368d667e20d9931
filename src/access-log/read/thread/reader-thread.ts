import { Worker } from 'node:worker_threads';
import type { Limits } from '../../../config/limits.ts';
import type { KeyRing } from '../../../config/secrets/key-rings.ts';
import type { StoreSettings } from '../../stores/open-store.ts';
import { textsOf } from '../../write/thread/worker-messages.ts';
import type { AccessLogReader } from '../log-reader.ts';
import type { ReaderCall, ReaderMethod, ReaderReply, ReaderSettings } from './reader-messages.ts';
import type { Gap } from '../search/unreadable-entries.ts';

/** The log could not be read; `code` may stand in a log line. */
export class LogUnreadable extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`the access log cannot be read: ${code}`);
    this.name = 'LogUnreadable';
    this.code = code;
  }
}

/** Events of reading for operators. */
export interface LogReaderObserver {
  /** Entries that do not open were met, or that are missing without an entry about retention. */
  onGap?(gap: Gap): void;
  /** Rows of the search index were not those that the log has. They were put right. */
  onIndexChanged?(gap: Gap): void;
  /** The index could not follow the log. `code` may stand in a log line. */
  onReaderTrouble?(code: string): void;
  /** Entries that stand in the log and not yet in the index; about once a second. */
  onIndexLag?(entries: number): void;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: LogUnreadable) => void;
}

export const READER_THREAD_LIMITS = {
  query: { value: 10_000, unit: 'ms', why: 'A log query takes no longer than this.' },
  wholePass: {
    value: 600_000,
    unit: 'ms',
    why: 'A breach report over years reads every entry, and a daily report every entry of its day.',
  },
  silence: {
    value: 30_000,
    unit: 'ms',
    why: 'A thread without a sign of life is given up. One that builds the index anew gives signs.',
  },
} as const satisfies Limits;

/** A reader on a thread of its own, started again with the next query after it died. Rejects with LogUnreadable. */
export function buildReaderThread(options: {
  readonly store: StoreSettings;
  readonly sealKeys: KeyRing;
  readonly searchKeys: KeyRing;
  readonly observer?: LogReaderObserver;
  /** Longest a query may take but for whole passes, in ms; 10,000 by default. */
  readonly patienceMs?: number;
}): AccessLogReader {
  const settings: ReaderSettings = {
    store: options.store,
    sealKeys: textsOf(options.sealKeys),
    searchKeys: textsOf(options.searchKeys),
  };
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let nextId = 0;
  /** Time on the clock of performance.now(). */
  let lastSignAt = 0;

  const start = (): Worker => {
    const started = new Worker(new URL('./reader-worker.ts', import.meta.url), {
      name: 'log-reader',
      workerData: settings,
      env: {},
      execArgv: [],
    });
    started.on('message', (reply: ReaderReply) => {
      lastSignAt = performance.now();
      if ('gap' in reply) options.observer?.onGap?.(reply.gap);
      if ('indexChanged' in reply) options.observer?.onIndexChanged?.(reply.indexChanged);
      if ('trouble' in reply) options.observer?.onReaderTrouble?.(reply.trouble);
      if ('lag' in reply) options.observer?.onIndexLag?.(reply.lag);
      if (!('id' in reply)) return;
      const asked = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('fault' in reply) asked?.reject(new LogUnreadable(reply.fault));
      else asked?.resolve(reply.result);
    });
    started.on('error', () => {});
    started.on('exit', () => {
      if (worker === started) worker = null;
      for (const asked of waiting.values()) asked.reject(new LogUnreadable('reader-died'));
      waiting.clear();
    });
    started.unref();
    lastSignAt = performance.now();
    return started;
  };

  const call = async (method: ReaderCall['method'], given: readonly unknown[]): Promise<unknown> => {
    worker ??= start();
    const asked = worker;
    const id = nextId++;
    const patience = setTimeout(
      () => {
        waiting.get(id)?.reject(new LogUnreadable('timeout'));
        waiting.delete(id);
        if (performance.now() - lastSignAt > READER_THREAD_LIMITS.silence.value) void asked.terminate();
      },
      method === 'breach' || method === 'tally'
        ? READER_THREAD_LIMITS.wholePass.value
        : (options.patienceMs ?? READER_THREAD_LIMITS.query.value),
    );
    try {
      return await new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.postMessage({ id, method, given } satisfies ReaderCall, []);
      });
    } finally {
      clearTimeout(patience);
    }
  };
  const method =
    <Name extends ReaderMethod>(name: Name) =>
    (...given: Parameters<AccessLogReader[Name]>) =>
      call(name, given) as ReturnType<AccessLogReader[Name]>;

  // From the start on, so that the index follows.
  worker = start();
  return {
    search: method('search'),
    counts: method('counts'),
    isNamed: method('isNamed'),
    answer: method('answer'),
    document: method('document'),
    prove: method('prove'),
    proveConsistency: method('proveConsistency'),
    end: method('end'),
    tally: method('tally'),
    breach: method('breach'),
    async close() {
      if (!worker) return;
      await call('close', []).catch(() => undefined);
      await worker?.terminate();
    },
  };
}
