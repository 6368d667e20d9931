import { compareLeaf, compareTree } from './compare-leaf.ts';
import type { History } from './history.ts';
import type { OpenedReceipt } from './open-receipt.ts';
import { Tampering } from './tampering.ts';
import type { Watched } from './watched.ts';

/**
 * A receipt against the export: its entries stand in the log, with these hashes, for this answer. Throws Tampering;
 * returns what the export cannot tell, null where it tells all.
 */
export function compareReceipt(receipt: OpenedReceipt, history: History, watched: Watched): string | null {
  const { name, entries, checkpoint } = receipt;
  const lost = entries.map((entry) => compareEntry(receipt, entry, history, watched));
  compareTree(name, checkpoint, history, watched);
  return lost.find((one) => one !== null) ?? null;
}

function compareEntry(
  receipt: OpenedReceipt,
  { index, leaf }: OpenedReceipt['entries'][number],
  history: History,
  watched: Watched,
): string | null {
  const { name, origin } = receipt;
  const held = { name, origin, index, leaf, absence: 'receipt-not-in-log' } as const;
  const found = compareLeaf(held, history, watched);
  if (typeof found === 'string') return found;
  if (!found.entry)
    return `${name}: entry ${index} was removed after its time; its hash is that of the receipt.`;
  const { id, commitments, entries } = found.entry;
  const isOwn =
    id === receipt.id &&
    commitments.request === receipt.request &&
    commitments.answer === receipt.answer &&
    entries === receipt.entries.length;
  if (!isOwn) throw new Tampering('swapped-receipt', index, `${name}: the entry there is of another answer.`);
  return null;
}
