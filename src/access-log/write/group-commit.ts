import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../config/limits.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import type { GatewayError } from '../../errors.ts';
import type { AccessLogWriter, LogRecord } from '../entry/access-log-writer.ts';
import type { CosignatureRow, Predecessor } from '../stores/log-store.ts';
import type { StoreSettings } from '../stores/open-store.ts';
import { AppendQueue, refuse, type Appending } from './append-queue.ts';
import { KnownDocuments } from './group/known-documents.ts';
import type { RecordDraft } from './group/draft-lines.ts';
import { draftOf } from './group/record-draft.ts';
import { textsOf, type WriterReply, type WorkerSettings } from './thread/worker-messages.ts';
import { startLogWorker, WriterThread, type StartWorker } from './thread/writer-thread.ts';

/** Events of the log's writing for operators: counts and codes, never a record. */
export interface AccessLogObserver {
  /** Called when one transaction is synced. */
  onGroup?(records: number, entries: number, milliseconds: number): void;
  /** `code`: `timeout`, `worker-died`, `file-gone`, `newer-format`, `not-migrated`, `tree-not-genuine`, `tree-went-back`, `sqlite-N` (SQLite's result code), `pg-XXXXX` (SQLSTATE) and the like. */
  onTrouble?(code: string): void;
  onRecovery?(outage: LogOutage): void;
}

/** A time in which the log could not be written. */
export interface LogOutage {
  /** Milliseconds since 1970: when the first answer that was held up began to wait, and when a group was synced again. */
  readonly from: number;
  readonly to: number;
  /** Answers that were refused meanwhile. */
  readonly refused: number;
}

export interface AccessLogSettings {
  readonly store: StoreSettings;
  /** The log's name, `national-data-gateway/<INSTANCE_ID>`. */
  readonly log: string;
  /** `log-seal`: wraps the data keys. */
  readonly sealKeys: KeyRing;
  /** Ed25519 seeds; the newest signs checkpoints and receipts. */
  readonly checkpointKeys: KeyRing;
  readonly observer?: AccessLogObserver;
  /** Longest wait of an append, in ms; 2,000 by default. */
  readonly appendTimeoutMs?: number;
  /** Appends under way at once; beyond, they are refused at once. 2,000 by default. */
  readonly maxQueued?: number;
  /** Starts another thread in the writer's place, for tests. */
  readonly startWorker?: StartWorker;
}

/** The state of the log when it was opened. */
export interface OpenedLog {
  readonly size: number;
  /** Its last checkpoint; null for an empty log. */
  readonly note: string | null;
  readonly predecessor: Predecessor | null;
}

export type AccessLog = AccessLogWriter & {
  readonly opened: OpenedLog;
  /** Entries on disk, as far as this instance knows. */
  size(): number;
  /** Takes a witness's cosignature; written with the next group, or soon. */
  addCosignature(row: CosignatureRow): void;
};

export const GROUP_COMMIT_LIMITS = {
  append: {
    value: 2_000,
    unit: 'ms',
    why: 'An answer waits at most this long for its log entry, then it is 503.',
  },
  queue: {
    value: 2_000,
    unit: 'answers',
    why: 'More answers than this wait for the log only where the disk has failed.',
  },
  opening: {
    value: 30_000,
    unit: 'ms',
    why: 'A start may wait longer than an answer, for the thread itself and for tables that are made.',
  },
  enough: { value: 16, unit: 'answers', why: 'With so many answers waiting, a group is written at once.' },
  gathering: { value: 4, unit: 'ms', why: 'A group waits this long for more answers before it is written.' },
  busy: {
    value: 50,
    unit: 'ms',
    why: 'A deadline that is looked at later than this is put off by as much, once: the event loop stood still, not the disk.',
  },
  firstPause: {
    value: 25,
    unit: 'ms',
    why: 'After a failed commit the first new attempt waits this long; each pause doubles.',
  },
  longestPause: {
    value: 1_000,
    unit: 'ms',
    why: 'However long the trouble lasts, the store is tried again this often.',
  },
} as const satisfies Limits;

/** Throws an Error with a code in its message where the store cannot be opened. */
export async function buildAccessLog(settings: AccessLogSettings): Promise<AccessLog> {
  const timeoutMs = settings.appendTimeoutMs ?? GROUP_COMMIT_LIMITS.append.value;
  const workerSettings: WorkerSettings = {
    store: settings.store,
    log: settings.log,
    sealKeys: textsOf(settings.sealKeys),
    checkpointKeys: textsOf(settings.checkpointKeys),
  };
  const start = settings.startWorker ?? startLogWorker;
  const thread = new WriterThread(() => start(workerSettings), 4 * timeoutMs);
  const opened = await thread.send(
    { kind: 'open' },
    Math.max(GROUP_COMMIT_LIMITS.opening.value, 4 * timeoutMs),
  );
  if (opened.outcome !== 'done') {
    await thread.end();
    throw new Error(`the access log cannot be opened: ${opened.code}`);
  }
  return new GroupCommit(thread, settings, {
    size: opened.size,
    note: opened.found?.note ?? null,
    predecessor: opened.found?.predecessor ?? null,
  });
}

/** While one group is being synced, the next one gathers. */
class GroupCommit implements AccessLog {
  readonly opened: OpenedLog;
  readonly #thread: WriterThread;
  readonly #observer: AccessLogObserver;
  readonly #timeoutMs: number;
  readonly #maxQueued: number;
  readonly #queue = new AppendQueue();
  readonly #documents = new KnownDocuments();
  #pumping: Promise<void> | null = null;
  #deadline: NodeJS.Timeout | null = null;
  /** Time on the clock of performance.now(). */
  #troubleSince: number | null = null;
  /** Since the last recovery. */
  #refused = 0;
  #pauseMs: number = GROUP_COMMIT_LIMITS.firstPause.value;
  #closing: Promise<void> | null = null;
  #size: number;
  #cosignatures: CosignatureRow[] = [];

  constructor(thread: WriterThread, settings: AccessLogSettings, opened: OpenedLog) {
    this.#thread = thread;
    this.opened = opened;
    this.#size = opened.size;
    this.#observer = settings.observer ?? {};
    this.#timeoutMs = settings.appendTimeoutMs ?? GROUP_COMMIT_LIMITS.append.value;
    this.#maxQueued = settings.maxQueued ?? GROUP_COMMIT_LIMITS.queue.value;
  }

  size(): number {
    return this.#size;
  }

  addCosignature(row: CosignatureRow): void {
    this.#cosignatures.push(row);
    if (!this.#closing) this.#pumping ??= this.#pump();
  }

  isHealthy(): boolean {
    return this.#troubleSince === null && this.#closing === null;
  }

  append(record: LogRecord): Promise<string | null> {
    return new Promise((resolve, onRefusal) => {
      const reject = (error: GatewayError): void => {
        this.#refused += 1;
        onRefusal(error);
      };
      const now = performance.now();
      // Trouble that outlasted one append would outlast this one too: answers are refused without the wait.
      const isHopeless = this.#troubleSince !== null && now - this.#troubleSince > this.#timeoutMs;
      if (this.#closing || isHopeless || this.#queue.length >= this.#maxQueued) {
        refuse({ reject });
        return;
      }
      const draft = this.#draftOf(record);
      if (!draft) {
        refuse({ reject });
        return;
      }
      this.#queue.push({ draft, deadlineAt: now + this.#timeoutMs, resolve, reject });
      this.#watchDeadlines();
      this.#pumping ??= this.#pump();
    });
  }

  /** The draft; null for a record that no JSON can hold. */
  #draftOf(record: LogRecord): RecordDraft | null {
    try {
      return draftOf({ ...record, documents: this.#documents.unknownOf(record) });
    } catch {
      this.#observer.onTrouble?.('record-not-taken');
      return null;
    }
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
    while (this.#hasWork()) {
      // A commit costs the same for one record and for many: where they come without a break, a few may gather.
      if (isUnderLoad && this.#queue.waiting < GROUP_COMMIT_LIMITS.enough.value)
        await pause(GROUP_COMMIT_LIMITS.gathering.value);
      isUnderLoad = true;
      const group = this.#queue.takeGroup();
      const startedAt = performance.now();
      const cosignatures = this.#cosignatures;
      this.#cosignatures = [];
      const records = group.map(({ draft }) => draft);
      const sizeBefore = this.#size;
      const reply = await this.#thread.send({ kind: 'write', records, cosignatures, sizeBefore });
      this.#settle(group, reply, performance.now() - startedAt);
      if (reply.outcome === 'done') continue;
      // The newest says all; one that is written twice does no harm.
      this.#cosignatures = [...cosignatures, ...this.#cosignatures].slice(-1);
      await pause(this.#pauseMs);
      this.#pauseMs = Math.min(2 * this.#pauseMs, GROUP_COMMIT_LIMITS.longestPause.value);
    }
    this.#pumping = null;
  }

  #hasWork(): boolean {
    if (this.#queue.waiting > 0) return true;
    return !this.#closing && (this.#troubleSince !== null || this.#cosignatures.length > 0);
  }

  #settle(group: readonly Appending[], reply: WriterReply, milliseconds: number): void {
    if (reply.outcome !== 'done') this.#trouble(reply.code);
    if (reply.outcome === 'not-begun') {
      this.#queue.putBack(group, performance.now());
    } else if (reply.outcome === 'unknown') {
      this.#queue.endGroup(refuse, group);
    } else {
      const failed = new Set(reply.failed);
      this.#queue.endGroup((appending, position) => {
        if (failed.has(position)) refuse(appending);
        else {
          this.#documents.add(appending.draft.documents);
          appending.resolve(reply.receipts.get(position) ?? null);
        }
      }, group);
      this.#size = reply.size;
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
    this.#pauseMs = GROUP_COMMIT_LIMITS.firstPause.value;
    const since = this.#troubleSince;
    if (since === null) return;
    this.#troubleSince = null;
    const refused = this.#refused;
    this.#refused = 0;
    const to = Date.now();
    const from = Math.floor(to - (performance.now() - since) - this.#timeoutMs);
    this.#observer.onRecovery?.({ from, to, refused });
  }

  /** Sets one timer for all. All appends wait equally long, so the first to come is the first to run out of time. */
  #watchDeadlines(): void {
    const next = this.#queue.nextDeadline;
    if (this.#deadline !== null || next === null) return;
    this.#wake(Math.max(1, Math.ceil(next - performance.now())), true);
  }

  /** A timer that comes late tells that this process was busy: the thread may have answered long ago, and has the time again. */
  #wake(afterMs: number, mayWait: boolean): void {
    const dueAt = performance.now() + afterMs;
    this.#deadline = setTimeout(() => {
      const late = performance.now() - dueAt;
      if (mayWait && late > GROUP_COMMIT_LIMITS.busy.value) {
        this.#wake(Math.min(late, this.#timeoutMs), false);
        return;
      }
      this.#deadline = null;
      if (this.#queue.expire(performance.now())) this.#trouble('timeout');
      this.#watchDeadlines();
    }, afterMs);
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
