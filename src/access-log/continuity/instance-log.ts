import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { BegunMark, begunMarkOf } from './begun-mark.ts';
import { startCosigning, submitEnd } from './cosigning.ts';
import { refusingWhile } from './forked-log.ts';
import type { VerifierKey } from '../../log-format/notes/note-key.ts';
import { signingKeyOf } from '../../log-format/crypto.ts';
import { noteSignerOf, parseVerifierKey } from '../../log-format/notes/note-key.ts';
import { gatewayAct } from '../entry/gateway-act.ts';
import { compareEnds, ownCheckpoint } from './known-end.ts';
import { followWithFile, LAST_CHECKPOINT_FILE, readLastCheckpoint } from './last-checkpoint.ts';
import { logNameOf } from '../entry/log-name.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import { buildReaderThread, type LogReaderObserver } from '../read/thread/reader-thread.ts';
import type { StoreSettings } from '../stores/open-store.ts';
import { buildWitnessClient, type WitnessClient } from './witness-client.ts';
import {
  buildAccessLog,
  type AccessLog,
  type AccessLogObserver,
  type LogOutage,
} from '../write/group-commit.ts';

/** A fault that stops a start. The message says what to do. */
export class LogNotContinued extends Error {
  override readonly name = 'LogNotContinued';
}

export interface InstanceLogObserver extends AccessLogObserver, LogReaderObserver {
  /** The same event as in CosigningObserver. */
  onWitnessTrouble(code: string, isNew: boolean): void;
  onWitnessRecovery(): void;
}

export interface InstanceLogOptions {
  readonly instanceId: string;
  readonly store: StoreSettings;
  /** DATA_DIR: what was signed last stands there. */
  readonly directory: string;
  readonly keys: { readonly logSeal: KeyRing; readonly logSearch: KeyRing; readonly checkpoint: KeyRing };
  readonly witness: { readonly url: string; readonly key: string } | null;
  /** SECRETS_DIR, where it is remembered that the log was begun; null or absent: a log that is not there begins anew, as in the demo. */
  readonly secretsDirectory?: string | null;
  readonly observer: InstanceLogObserver;
}

/** The log of one instance: written here, read on a thread of its own, remembered in a file and by a witness. */
export interface InstanceLog {
  readonly writer: AccessLog;
  readonly reader: AccessLogReader;
  close(): Promise<void>;
}

/**
 * Rejects with LogNotContinued where the log is not what this instance or the witness knows of it: going on would sign two
 * histories. A witness that does not answer stops no start. Where the witness comes to know another history while the log is
 * open, nothing more is taken until it has cosigned this one again.
 */
export async function openInstanceLog(options: InstanceLogOptions): Promise<InstanceLog> {
  const { instanceId, store, directory, keys, observer } = options;
  const log = logNameOf(instanceId);
  const witness = witnessOf(options.witness);
  const writer = await buildAccessLog({
    store,
    log,
    sealKeys: keys.logSeal,
    checkpointKeys: keys.checkpoint,
    observer: {
      ...observer,
      onRecovery(outage) {
        observer.onRecovery?.(outage);
        if (outage.refused > 0) void stateOutage(instanceId, writer, outage);
      },
    },
  }).catch(async (error: unknown) => {
    await witness?.close();
    throw error;
  });
  const reader = buildReaderThread({
    store,
    sealKeys: keys.logSeal,
    searchKeys: keys.logSearch,
    observer,
  });
  const closeParts = async (): Promise<void> => {
    // SQLite's last connection copies the write-ahead log into the file, and one that only reads cannot.
    await reader.close();
    await Promise.all([writer.close(), witness?.close()]);
  };
  try {
    await mustGoOnFromFile(directory, log, verifierKeys(log, keys.checkpoint), reader);
    const { secretsDirectory = null } = options;
    const mark = secretsDirectory === null ? null : new BegunMark(secretsDirectory, instanceId, log);
    if (writer.opened.note === null) {
      if (mark?.isThere() === true) throw begunBefore(instanceId, log);
      await beginLog(instanceId, writer);
    }
    if (mark?.leave() === false) observer.onTrouble?.('log-begun-not-marked');
    if (witness) await mustGoOnFromWitness(log, witness, reader, observer);
  } catch (error) {
    await closeParts();
    throw error;
  }
  const size = (): number => writer.size();
  let isForked = false;
  const following = followWithFile({
    directory,
    log,
    reader,
    size,
    onTrouble: (code) => observer.onTrouble?.(`last-checkpoint-${code}`),
  });
  const cosigning =
    witness &&
    startCosigning({
      log,
      witness,
      reader,
      size,
      addCosignature: (row) => writer.addCosignature(row),
      observer: {
        onTrouble(code, isNew) {
          // A witness that is gone afterwards has not taken it back.
          if (code === 'fork') isForked = true;
          observer.onWitnessTrouble(code, isNew);
        },
        onRecovery() {
          isForked = false;
          observer.onWitnessRecovery();
        },
      },
    });
  return {
    writer: refusingWhile(() => isForked, writer),
    reader,
    async close() {
      await Promise.all([following.stop(), cosigning?.stop()]);
      await closeParts();
    },
  };
}

/** Without a log nobody can tell whether it was lost or is not wanted any more. */
function begunBefore(instanceId: string, log: string): LogNotContinued {
  return new LogNotContinued(
    `${log} was begun before and is not there: look at DATA_DIR and DATABASE_URL, or restore its newest backup, then run restore-log. Where a new log of that name is wanted, take SECRETS_DIR/${begunMarkOf(instanceId)} away`,
  );
}

/** Its first entry says that it begins, and with what digest a log of an earlier format ends. */
async function beginLog(instanceId: string, writer: AccessLog): Promise<void> {
  const { predecessor } = writer.opened;
  const act = { purpose: 'log-begun', at: Date.now(), detail: { predecessor } };
  await writer.append(gatewayAct(instanceId, act));
}

/**
 * States an outage. The calls to registers during it have no entries, since no answer left. The statement tells them
 * from entries that were never written.
 */
async function stateOutage(instanceId: string, writer: AccessLog, { from, to }: LogOutage): Promise<void> {
  const act = { purpose: 'log-outage', at: to, detail: { from, to } };
  await writer.append(gatewayAct(instanceId, act)).catch(() => undefined);
}

async function mustGoOnFromFile(
  directory: string,
  log: string,
  keys: readonly VerifierKey[],
  reader: AccessLogReader,
): Promise<void> {
  const note = readLastCheckpoint(directory);
  if (note === null) return;
  const known = ownCheckpoint(note, keys);
  if (!known) {
    throw new LogNotContinued(`DATA_DIR/${LAST_CHECKPOINT_FILE} is no checkpoint of ${log} under its keys`);
  }
  // Read after the file: another process of this instance, whose place this one takes, may be writing both.
  const end = await reader.end(log);
  const stored = end && ownCheckpoint(end.note, keys);
  const compared = await compareEnds(log, known, stored, (from, to) =>
    reader.proveConsistency(log, from, to),
  );
  if (compared === 'agrees') return;
  const what =
    compared === 'behind'
      ? `the access log ends at ${end?.size ?? 0} entries, this instance signed ${known.size} (${known.origin})`
      : `the access log has other entries than the ${known.size} that this instance signed`;
  throw new LogNotContinued(`${what}: restore its newest backup, then run restore-log`);
}

async function mustGoOnFromWitness(
  log: string,
  witness: WitnessClient,
  reader: AccessLogReader,
  observer: InstanceLogObserver,
): Promise<void> {
  const cosigned = await submitEnd({ log, witness, reader });
  if (typeof cosigned !== 'string') return;
  if (cosigned !== 'fork') {
    observer.onWitnessTrouble(cosigned, true);
    return;
  }
  const { size = 0, note = '' } = (await reader.end(log)) ?? {};
  const known = await witness.latestSize(note);
  const what =
    typeof known === 'number' && known > size
      ? `the access log ends at ${size} entries, the witness cosigned ${known}`
      : 'the access log has other entries than those that the witness cosigned';
  throw new LogNotContinued(`${what}: restore its newest backup, then run restore-log`);
}

/** Throws LogNotContinued where WITNESS_KEY is no key. */
function witnessOf(settings: InstanceLogOptions['witness']): WitnessClient | null {
  if (!settings) return null;
  const key = parseVerifierKey(settings.key);
  try {
    if (key) return buildWitnessClient({ url: settings.url, key });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new LogNotContinued('WITNESS_KEY is no vkey of a witness (cosignature/v1)');
}

/** Public keys of the ring, under the log's name. */
export function verifierKeys(log: string, checkpointKeys: KeyRing): readonly VerifierKey[] {
  return checkpointKeys.map(({ key }) => noteSignerOf(log, signingKeyOf(key)).key);
}
