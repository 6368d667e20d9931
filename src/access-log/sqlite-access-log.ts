import { setTimeout as pause } from 'node:timers/promises';
import type { KeyRing } from '../config/secrets.ts';
import { AppendQueue, refuse, type Appending } from './append-queue.ts';
import type { AccessLogWriter, AnswerRecord } from './entry.ts';
import { columnsOf } from './record-columns.ts';
import type { KeyText, Reply, WorkerSettings } from './worker-messages.ts';
import { startSqliteWorker, WriterThread, type StartWorker } from './writer-thread.ts';

/** What operators may see of the log's writing: counts and codes, never a record. */
export interface AccessLogObserver {
  /** One transaction is synced. */
  onGroup?(records: number, entries: number, milliseconds: number): void;
  /** `code`: `timeout`, `worker-died`, `file-gone`, `newer-format`, `sqlite-N` (SQLite's result code) and the like. */
  onTrouble?(code: string): void;
  onRecovery?(): void;
}

export interface SqliteAccessLogSettings {
  /** DATA_DIR; made with mode 0700 where absent. */
  readonly directory: string;
  readonly sealKeys: KeyRing;
  readonly observer?: AccessLogObserver;
  /** Longest wait of an append, in ms; 2,000 by default. */
  readonly appendTimeoutMs?: number;
  /** Appends under way at once; beyond, they are refused at once. 2,000 by default. */
  readonly maxQueued?: number;
  /** Bound of the file in pages of 4,096 bytes; none by default. */
  readonly maxPages?: number;
  /** For tests: another thread in the writer's place. */
  readonly startWorker?: StartWorker;
}

export type SqliteAccessLog = AccessLogWriter & {
  /** False while records cannot be written, or not in time. */
  isHealthy(): boolean;
};

const DEFAULT_TIMEOUT_MS = 2_000;
const DEFAULT_MAX_QUEUED = 2_000;
const ENOUGH_FOR_A_GROUP = 16;
const GATHERING_MS = 4;
const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 1_000;

/** Throws an Error with a code in its message where the file cannot be opened. */
export async function buildSqliteAccessLog(settings: SqliteAccessLogSettings): Promise<SqliteAccessLog> {
  const timeoutMs = settings.appendTimeoutMs ?? DEFAULT_TIMEOUT_MS;
  const workerSettings: WorkerSettings = {
    directory: settings.directory,
    sealKeys: textsOf(settings.sealKeys),
    maxPages: settings.maxPages ?? null,
  };
  const start = settings.startWorker ?? startSqliteWorker;
  const thread = new WriterThread(() => start(workerSettings), 4 * timeoutMs);
  const opened = await thread.send({ kind: 'open' });
  if (opened.outcome !== 'done') {
    await thread.end();
    throw new Error(`the access log in DATA_DIR cannot be opened: ${opened.code}`);
  }
  return new GroupCommit(
    thread,
    settings.observer ?? {},
    timeoutMs,
    settings.maxQueued ?? DEFAULT_MAX_QUEUED,
  );
}

/** While one group is being synced, the next one gathers. */
class GroupCommit implements SqliteAccessLog {
  readonly #thread: WriterThread;
  readonly #observer: AccessLogObserver;
  readonly #timeoutMs: number;
  readonly #maxQueued: number;
  readonly #queue = new AppendQueue();
  #pumping: Promise<void> | null = null;
  #deadline: NodeJS.Timeout | null = null;
  /** On the clock of performance.now(). */
  #troubleSince: number | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #closing: Promise<void> | null = null;

  constructor(thread: WriterThread, observer: AccessLogObserver, timeoutMs: number, maxQueued: number) {
    this.#thread = thread;
    this.#observer = observer;
    this.#timeoutMs = timeoutMs;
    this.#maxQueued = maxQueued;
  }

  isHealthy(): boolean {
    return this.#troubleSince === null && this.#closing === null;
  }

  append(record: AnswerRecord): Promise<void> {
    return new Promise((resolve, reject) => {
      const now = performance.now();
      // Trouble that outlasted one append would outlast this one too: answers are refused without the wait.
      const isHopeless = this.#troubleSince !== null && now - this.#troubleSince > this.#timeoutMs;
      if (this.#closing || isHopeless || this.#queue.length >= this.#maxQueued) {
        refuse({ reject });
        return;
      }
      this.#queue.push({ columns: columnsOf(record), deadlineAt: now + this.#timeoutMs, resolve, reject });
      this.#watchDeadlines();
      this.#pumping ??= this.#pump();
    });
  }

  /** Flushes what is queued, in bounded time. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const isIdle = await inTime(this.#pumping, 2 * this.#timeoutMs);
    if (this.#deadline) clearTimeout(this.#deadline);
    if (isIdle) await inTime(this.#thread.send({ kind: 'close' }), this.#timeoutMs);
    await inTime(this.#thread.end(), this.#timeoutMs);
  }

  /** Runs while there is something to write, or trouble to see the end of. */
  async #pump(): Promise<void> {
    // Records of one turn of the event loop travel together.
    await new Promise(setImmediate);
    let isUnderLoad = false;
    while (this.#queue.waiting > 0 || (this.#troubleSince !== null && !this.#closing)) {
      // A commit costs the same for one record and for many: where they come without a break, a few may gather.
      if (isUnderLoad && this.#queue.waiting < ENOUGH_FOR_A_GROUP) await pause(GATHERING_MS);
      isUnderLoad = true;
      const group = this.#queue.takeGroup();
      const startedAt = performance.now();
      const reply = await this.#thread.send({ kind: 'write', records: group.map(({ columns }) => columns) });
      this.#settle(group, reply, performance.now() - startedAt);
      if (reply.outcome === 'done') continue;
      await pause(this.#pauseMs);
      this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    }
    this.#pumping = null;
  }

  #settle(group: readonly Appending[], reply: Reply, milliseconds: number): void {
    if (reply.outcome !== 'done') this.#trouble(reply.code);
    if (reply.outcome === 'not-begun') {
      this.#queue.putBack(group, performance.now());
    } else if (reply.outcome === 'unknown') {
      this.#queue.endGroup(refuse, group);
    } else {
      const failed = new Set(reply.failed);
      this.#queue.endGroup((appending, position) => {
        if (failed.has(position)) refuse(appending);
        else appending.resolve();
      }, group);
      if (group.length > 0) this.#observer.onGroup?.(group.length, reply.entries, milliseconds);
      if (failed.size > 0) this.#observer.onTrouble?.('record-not-taken');
      this.#recovered();
    }
  }

  #trouble(code: string): void {
    this.#troubleSince ??= performance.now();
    this.#observer.onTrouble?.(code);
  }

  #recovered(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
    if (this.#troubleSince === null) return;
    this.#troubleSince = null;
    this.#observer.onRecovery?.();
  }

  /** One timer for all: appends have one patience, so the first to come is the first to run out of time. */
  #watchDeadlines(): void {
    const next = this.#queue.nextDeadline;
    if (this.#deadline !== null || next === null) return;
    this.#deadline = setTimeout(
      () => {
        this.#deadline = null;
        if (this.#queue.expire(performance.now())) this.#trouble('timeout');
        this.#watchDeadlines();
      },
      Math.max(1, Math.ceil(next - performance.now())),
    );
    this.#deadline.unref();
  }
}

async function inTime(work: Promise<unknown> | null, milliseconds: number): Promise<boolean> {
  const patience = new AbortController();
  const isLate = pause(milliseconds, true, { signal: patience.signal }).catch(() => false);
  try {
    return !(await Promise.race([Promise.resolve(work).then(() => false), isLate]));
  } finally {
    patience.abort();
  }
}

function textsOf(keys: KeyRing): readonly KeyText[] {
  return keys.map(({ id, key }) => ({ id, hex: key.toString('hex') }));
}
