import { equalBytes } from '../../../log-format/bytes.ts';
import type { EpochHistory } from '../passes/epoch-history.ts';
import type { OpenedReceipt } from './open-receipt.ts';
import { Tampering } from '../faults/tampering.ts';
import type { WatchedEntries, WatchedAnswerEntry } from '../passes/watched-entries.ts';

export const RECEIPT_TIME_LIMITS = {
  tolerance: {
    value: 60_000,
    unit: 'ms',
    why: 'The time of an answer is that of its end, and entries wait to be committed, so that times and order may differ.',
  },
} as const;

/**
 * A receipt against the export: its answer stands in the log, with the entries that its holder was told of. Throws Tampering; returns
 * what the export cannot tell, null where it tells all. `isRead`: the entries were read to their end.
 */
export function compareReceipt(
  receipt: OpenedReceipt,
  history: EpochHistory,
  watched: WatchedEntries,
  isRead: boolean,
): string | null {
  const { name, id, leaves } = receipt;
  const entries = watched.answerOf(id);
  const [first] = entries;
  if (!first) return isRead ? absent(receipt, history, watched) : `${name}: the entries were not all read.`;
  for (const { index, entry } of entries) {
    const { request, answer } = entry.commitments;
    if (request !== receipt.request || answer !== receipt.answer) {
      throw new Tampering('swapped-receipt', index, `${name}: the entry there is of another answer.`);
    }
  }
  const told = entries.filter(isTold);
  if (leaves.some((leaf) => !entries.some((one) => equalBytes(one.leaf, leaf)))) {
    throw new Tampering(
      'receipt-not-in-log',
      first.index,
      `${name}: the log has other entries of its answer.`,
    );
  }
  if (told.length !== leaves.length) {
    throw new Tampering(
      'swapped-receipt',
      first.index,
      `${name}: it does not name the entries of its answer.`,
    );
  }
  return null;
}

/** FORMAT.md, Receipt. */
function isTold({ text }: WatchedAnswerEntry): boolean {
  return (JSON.parse(text) as { readonly outcome: string }).outcome !== 'not-found';
}

/** A receipt names no place: where its answer would stand, its time tells. */
function absent(
  { name, origin, time }: OpenedReceipt,
  history: EpochHistory,
  watched: WatchedEntries,
): string {
  const { firstKept, lastKept, hasRemoved } = watched;
  if (
    (history.from > 0 || hasRemoved) &&
    (firstKept === null || time < firstKept + RECEIPT_TIME_LIMITS.tolerance.value)
  ) {
    return `${name}: its answer lies before this export, or was removed after its time.`;
  }
  const fate = history.fateOf(origin, Infinity);
  const isAfter = lastKept !== null && time > lastKept;
  const missing = (detail: string): Tampering =>
    new Tampering('receipt-not-in-log', isAfter ? history.to : null, `${name}: ${detail}`);
  if (fate.kind !== 'lost') {
    throw missing(
      isAfter
        ? `the export ends at ${history.to}; its tail was cut, or it is older than that.`
        : 'no entry is of its answer.',
    );
  }
  const { at, stated } = fate;
  const kept = watched.entryAt(at - 1)?.entry?.time ?? null;
  if (kept !== null && time + RECEIPT_TIME_LIMITS.tolerance.value < kept)
    throw missing('no entry is of its answer.');
  if (!stated)
    return `${name}: its answer may have been lost in the restore at ${at}, whose statement was removed.`;
  if (stated.size <= at) {
    throw new Tampering(
      'gap-not-stated',
      at,
      `${name}: its answer was lost, and the restore does not say so.`,
    );
  }
  return `${name}: its answer may be among the ${stated.size - at} entries that the restore at ${at} states as lost.`;
}
