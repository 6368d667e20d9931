import { encodeBase64 } from '../../../log-format/base64.ts';
import { originOf, epochOf } from '../../../log-format/notes/checkpoint.ts';
import type { LogRestoredDetail } from '../../../log-format/entry-format.ts';
import { writeLastCheckpoint } from '../last-checkpoint.ts';
import type { IndexDatabase } from '../../stores/index-database.ts';
import { appendAct, type ActWriter } from '../../write/append-act.ts';
import type { Loss } from './find-loss.ts';

export interface EpochBegun {
  readonly origin: string;
  readonly detail: LogRestoredDetail;
}

export interface BeginEpochOptions {
  readonly writer: ActWriter;
  readonly index: IndexDatabase;
  /** DATA_DIR. */
  readonly directory: string;
}

/**
 * Begins the next epoch with the entry that states the gap. Returns null for an empty store of which nobody knows more.
 * Where nothing is known to be lost, the entry states that: a longer log that is shown later proves that the operator
 * did not tell. Rejects with StoreFault.
 */
export async function beginEpoch(
  { stored, lost }: Loss,
  { writer, index, directory }: BeginEpochOptions,
): Promise<EpochBegun | null> {
  const { log } = writer;
  const before = lost ?? stored?.checkpoint;
  if (!before) return null;
  const from = stored?.checkpoint.size ?? 0;
  const { origin, size, root } = before;
  const epoch = epochOf(origin, log) + 1;
  const detail: LogRestoredDetail = {
    epoch,
    from,
    lost: { origin, root: encodeBase64(root), size },
  };
  // The places of lost entries are given again, so the index must forget them.
  await index.forget(log);
  const note = await appendAct(writer, { purpose: 'log-restored', detail, epoch, expectedSize: from });
  await writeLastCheckpoint(directory, note);
  return { origin: originOf(log, epoch), detail };
}
