import { parentPort, workerData } from 'node:worker_threads';
import { StoreFault } from '../../stores/log-store.ts';
import { ringOf } from '../../write/thread/worker-messages.ts';
import { IndexContested, SearchKeyMissing } from '../index/indexer.ts';
import { buildLogReader, ReaderBusy } from '../log-reader.ts';
import { TooManyCounts } from '../search/count-answers.ts';
import { AccessLogNotGenuine } from '../opened-answer.ts';
import { openRowsAndIndex } from '../open-reader.ts';
import { INDEX_FOLLOW_LIMITS } from './reader-messages.ts';
import type { ReaderCall, ReaderReply, ReaderSettings } from './reader-messages.ts';

/** The reader's thread. A search may take its time, and no request must wait for it. */

const settings = workerData as ReaderSettings;
const port = parentPort;
if (!port) throw new Error('reader-worker.ts runs as a worker thread');

type Reader = ReturnType<typeof buildLogReader>;

let reader: Reader | null = null;
const queries = new Map<Reader, number>();

/** Anew after a failure: the log may have been restored meanwhile. */
function opened(): Reader {
  reader ??= buildLogReader({
    ...openRowsAndIndex(settings.store),
    sealKeys: ringOf(settings.sealKeys),
    searchKeys: ringOf(settings.searchKeys),
    onGap: ({ log, firstLeaf, leaves }) =>
      port?.postMessage({ gap: { log, firstLeaf, leaves } } satisfies ReaderReply),
    onIndexChanged: ({ log, firstLeaf, leaves }) =>
      port?.postMessage({ indexChanged: { log, firstLeaf, leaves } } satisfies ReaderReply),
  });
  return reader;
}

/** Asks one more query. The reader stays open to its end. */
async function asking<T>(ask: (open: Reader) => Promise<T>): Promise<T> {
  const own = opened();
  queries.set(own, (queries.get(own) ?? 0) + 1);
  try {
    return await ask(own);
  } catch (error) {
    if (reader === own && isLost(error)) reader = null;
    throw error;
  } finally {
    queries.set(own, (queries.get(own) ?? 1) - 1);
    await closeIfLeft(own);
  }
}

/** Under the queries of others it stays open: one that fails must not take theirs with it. */
async function closeIfLeft(one: Reader): Promise<void> {
  if (one === reader || (queries.get(one) ?? 0) > 0 || !queries.delete(one)) return;
  await one.close().catch(() => undefined);
}

/** SQLSTATE classes that are about the query: what it asks for, not the way to the database (22 data, 42 syntax or rights, 54 limits). */
const OF_THE_QUESTION = /^pg-(22|42|54|57014)/;

function isLost(error: unknown): boolean {
  const isOwn =
    error instanceof AccessLogNotGenuine ||
    error instanceof ReaderBusy ||
    error instanceof TooManyCounts ||
    error instanceof SearchKeyMissing;
  if (isOwn) return false;
  return !(error instanceof StoreFault && OF_THE_QUESTION.test(error.code));
}

port.on('message', ({ id, method, given }: ReaderCall) => {
  void answer(method, given).then(
    (result) => reply({ id, result }, method === 'close'),
    (error: unknown) => reply({ id, fault: faultOf(error) }, method === 'close'),
  );
});

function reply(message: ReaderReply, isLast: boolean): void {
  port?.postMessage(message);
  if (isLast) port?.close();
}

async function answer(method: ReaderCall['method'], given: readonly unknown[]): Promise<unknown> {
  if (method === 'close') {
    clearInterval(following);
    const last = reader;
    reader = null;
    if (last) {
      queries.set(last, queries.get(last) ?? 0);
      await closeIfLeft(last);
    }
    return null;
  }
  return asking((own) => {
    const ask = own[method] as (...given: readonly unknown[]) => Promise<unknown>;
    return ask(...given);
  });
}

/** Queries bring the index up to date themselves; this is so that they find little to do. */
const following = setInterval(() => {
  port.postMessage({ isAlive: true } satisfies ReaderReply);
  void Promise.resolve()
    .then(() => asking((own) => own.follow((lag) => port.postMessage({ lag } satisfies ReaderReply))))
    .then(
      () => (lastTrouble = null),
      (error: unknown) => tellTrouble(faultOf(error)),
    );
}, INDEX_FOLLOW_LIMITS.pause.value);

let lastTrouble: string | null = null;

/** Once while it lasts. */
function tellTrouble(trouble: string): void {
  if (trouble !== lastTrouble) port?.postMessage({ trouble } satisfies ReaderReply);
  lastTrouble = trouble;
}

/** Never a message: a database's may quote values. */
function faultOf(error: unknown): string {
  if (error instanceof AccessLogNotGenuine) return 'not-genuine';
  if (error instanceof ReaderBusy) return 'busy';
  if (error instanceof TooManyCounts) return 'too-many-counts';
  if (error instanceof SearchKeyMissing) return 'search-key-missing';
  if (error instanceof IndexContested) return 'index-contested';
  return error instanceof StoreFault ? error.code : 'failed';
}
