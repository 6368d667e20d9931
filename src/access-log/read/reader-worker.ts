import { parentPort, workerData } from 'node:worker_threads';
import { StoreFault } from '../stores/log-store.ts';
import { ringOf } from '../write/worker-messages.ts';
import { buildLogReader, ReaderBusy } from './log-reader.ts';
import { AccessLogNotGenuine } from './opened-answer.ts';
import { openRowsAndIndex } from './open-reader.ts';
import type { ReaderCall, ReaderReply, ReaderSettings } from './reader-messages.ts';

/** The reader's thread: a search may take its time, and no request must wait for it. */

const FOLLOW_MS = 1_000;
const settings = workerData as ReaderSettings;
const port = parentPort;
if (!port) throw new Error('reader-worker.ts runs as a worker thread');

let reader: ReturnType<typeof buildLogReader> | null = null;

/** Anew after a failure: the log may have been restored meanwhile. */
function opened() {
  reader ??= buildLogReader({
    ...openRowsAndIndex(settings.store),
    sealKeys: ringOf(settings.sealKeys),
    searchKeys: ringOf(settings.searchKeys),
  });
  return reader;
}

async function abandon(): Promise<void> {
  const abandoned = reader;
  reader = null;
  await abandoned?.close().catch(() => undefined);
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
    await abandon();
    return null;
  }
  try {
    const ask = opened()[method] as (...given: readonly unknown[]) => Promise<unknown>;
    return await ask(...given);
  } catch (error) {
    if (error instanceof StoreFault) await abandon();
    throw error;
  }
}

/** Questions bring the index up to date themselves; this is so that they find little to do. */
const following = setInterval(() => {
  void Promise.resolve()
    .then(() => opened().follow())
    // A row that does not open is no reason to end what others ask meanwhile.
    .catch((error: unknown) => (error instanceof AccessLogNotGenuine ? undefined : abandon()));
}, FOLLOW_MS);

/** Never a message: a database's may quote values. */
function faultOf(error: unknown): string {
  if (error instanceof AccessLogNotGenuine) return 'not-genuine';
  if (error instanceof ReaderBusy) return 'busy';
  return error instanceof StoreFault ? error.code : 'failed';
}
