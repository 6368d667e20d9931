import { parentPort, workerData } from 'node:worker_threads';
import { openLogRows } from '../../access-log/read/open-reader.ts';
import { GroupOpener } from '../../access-log/read/opened-answer.ts';
import { ringOf } from '../../access-log/write/thread/worker-messages.ts';
import { StoreFault } from '../../access-log/stores/log-store.ts';
import type { LogRows } from '../../access-log/stores/log-rows.ts';
import { signingKeyOf } from '../../log-format/crypto.ts';
import { AlertNames } from '../alerts/alert-id.ts';
import type { Alert } from '../alerts/alert-book.ts';
import { SEVERITIES, type Severity } from '../suspicion/pattern.ts';
import { judgedSince, LogTail } from './log-tail.ts';
import { standForLeader } from './leadership.ts';
import { SuspendedOfficers } from './suspended-officers.ts';
import { Watcher, type WantedAct } from './watcher.ts';
import { selectAlerts } from '../alerts/select-alerts.ts';
import type { AlertQueries, WatchCommand, WatchReply, WatchSettings } from './watch-messages.ts';
import { WATCH_WORKER_LIMITS } from './watch-limits.ts';
import { beginWatching, StateFile } from './watch-state.ts';
import { enqueue, sendDue } from './webhook.ts';

/** The watch's thread: it follows the log, judges, and never stands in a request's way. */

const settings = workerData as WatchSettings;
const port = parentPort;
if (!port) throw new Error('watch-worker.ts runs as a worker thread');
const tell = (reply: WatchReply): void => port.postMessage(reply);

const file = new StateFile(settings.directory, ringOf(settings.sealKeys));
const kept = file.read();
const state = kept ?? beginWatching();
const leadership = standForLeader(settings.store);
const opener = new GroupOpener(ringOf(settings.sealKeys));
const signer = settings.webhook && {
  kid: settings.webhook.kid,
  key: signingKeyOf(Buffer.from(settings.webhook.seed.hex, 'hex')),
};
const inFlight = new Set<string>();
let rows: LogRows | null = null;
let isCurrent = false;
let isChanged = false;
let lag = 0;
let lastKept = performance.now();
let keepPause: number = WATCH_WORKER_LIMITS.keepEvery.value;
let lastTrouble: string | null = null;

const watcher = new Watcher(state, new AlertNames(ringOf(settings.searchKeys)), (alert: Alert) => {
  if (alert.history.length === 1) tell({ kind: 'opened', pattern: alert.pattern, severity: alert.severity });
  // One instance sends. A log that is judged anew is no news.
  if (settings.webhook && leadership.isLeader() && isRecent(alert)) enqueue(state.outbox, alert, Date.now());
});
const suspended = new SuspendedOfficers(state.book, (officers) => tell({ kind: 'suspended', officers }));

function isRecent({ history }: Alert): boolean {
  return Date.now() - (history.at(-1)?.time ?? 0) < 24 * 3_600_000;
}

/** Reads on to the end of the log, or for so long. */
async function follow(untilMs: number): Promise<void> {
  const since = kept ? 0 : judgedSince(Date.now());
  rows ??= openLogRows(settings.store);
  const tail = new LogTail({ rows, opener, positions: state.positions, since });
  do {
    lag = await tail.step({
      answer(answer) {
        isChanged = true;
        watcher.take(answer, Date.now());
      },
      unreadable: (count) => tell({ kind: 'trouble', code: 'entries-unreadable', count }),
    });
    // Messages have their turn between two steps.
    await new Promise(setImmediate);
  } while (lag > 0 && performance.now() < untilMs);
  isCurrent = lag === 0;
}

/** Hands on what is to be on record, once the log was read to its end: an alert that stands there already is not opened again. */
function tellWanted(): void {
  watcher.tick(Date.now());
  if (!leadership.isLeader()) return;
  for (const wanted of [...watcher.wanted(), ...watcher.overdue(Date.now())]) {
    const act = nameOf(wanted);
    if (inFlight.has(act)) continue;
    inFlight.add(act);
    tell({ kind: 'wanted', act, wanted });
  }
}

function nameOf({ kind, detail }: WantedAct): string {
  const how = 'level' in detail ? ` ${detail.level} ${detail.why} ${detail.severity ?? ''}` : '';
  return `${kind} ${detail.alert}${how}`;
}

let turn: Promise<void> = Promise.resolve();

/** One look at the log after the other, whoever asks for it. Never rejects. */
function look(forMs: number): Promise<void> {
  turn = turn.then(() => lookNow(forMs));
  return turn;
}

async function lookNow(forMs: number): Promise<void> {
  try {
    await follow(performance.now() + forMs);
    if (isCurrent) {
      tellWanted();
      await suspended.tell(rows);
    }
    lastTrouble = null;
  } catch (error) {
    const code = error instanceof StoreFault ? error.code : 'failed';
    if (code !== lastTrouble) tell({ kind: 'trouble', code, count: 1 });
    lastTrouble = code;
    const lost = rows;
    rows = null;
    await lost?.close().catch(() => undefined);
  }
}

function status(): void {
  const waiting = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const alert of state.book.values()) if (alert.state !== 'closed') waiting[alert.severity] += 1;
  tell({
    kind: 'status',
    status: {
      lag,
      isLeader: leadership.isLeader(),
      waiting,
      explained: state.judging.explained,
      outbox: state.outbox.length,
    },
  });
}

function keep(): void {
  const startedAt = performance.now();
  if (!isChanged || startedAt - lastKept < keepPause) return;
  keepNow();
}

function keepNow(): void {
  const startedAt = performance.now();
  try {
    file.write(state);
    isChanged = false;
  } catch {
    tell({ kind: 'trouble', code: 'state-not-kept', count: 1 });
  }
  lastKept = performance.now();
  const { keepEvery, keepShare } = WATCH_WORKER_LIMITS;
  keepPause = Math.max(keepEvery.value, keepShare.value * (lastKept - startedAt));
}

let isClosing = false;

async function run(): Promise<void> {
  if (isClosing) return;
  await look(settings.pauseMs * 4);
  status();
  keep();
  if (!isClosing) setTimeout(() => void run(), lag > 0 ? 0 : settings.pauseMs);
}

async function send(): Promise<void> {
  if (settings.webhook && signer && leadership.isLeader()) {
    await sendDue(state.outbox, settings.webhook.url, signer, Date.now, (isGivenUp) => {
      tell({ kind: 'trouble', code: isGivenUp ? 'webhook-given-up' : 'webhook-failed', count: 1 });
    });
  }
  if (!isClosing) setTimeout(() => void send(), settings.pauseMs);
}

async function answerQuery(command: Extract<WatchCommand, { kind: 'query' }>): Promise<unknown> {
  await look(WATCH_WORKER_LIMITS.catchUp.value);
  if (command.method === 'alert') return state.book.get(String(command.given[0])) ?? null;
  const [filter, page] = command.given as Parameters<AlertQueries['alerts']>;
  return selectAlerts(state.book, filter, page);
}

async function closeThread(id: number): Promise<void> {
  await turn;
  if (isChanged) keepNow();
  await leadership.close();
  await rows?.close().catch(() => undefined);
  tell({ kind: 'answer', id, result: null });
  port?.close();
}

port.on('message', (command: WatchCommand) => {
  if (command.kind === 'done') {
    inFlight.delete(command.act);
  } else if (command.kind === 'close') {
    isClosing = true;
    void closeThread(command.id);
  } else {
    void answerQuery(command).then(
      (result) => tell({ kind: 'answer', id: command.id, result }),
      () => tell({ kind: 'fault', id: command.id, code: 'failed' }),
    );
  }
});

void run();
void send();
