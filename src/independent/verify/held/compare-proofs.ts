import type { Entry } from '../../../log-format/entry-format.ts';
import { compareLeaf, compareTree } from './compare-leaf.ts';
import type { OpenedProofs, ProvenEntry } from './held-proofs.ts';
import { otherwiseTold } from '../../../log-format/told-access.ts';
import type { EpochHistory } from '../passes/epoch-history.ts';
import { Tampering } from '../faults/tampering.ts';
import type { WatchedEntries } from '../passes/watched-entries.ts';

/**
 * Compares a bundle or an access with the export: the same entries stand there, and say what was told of them. Throws
 * Tampering. Returns a remark on what the export cannot tell, or null.
 */
export function compareProofs(
  { name, entries }: OpenedProofs,
  history: EpochHistory,
  watched: WatchedEntries,
  log: string,
): string | null {
  const remarks = entries.map((entry) =>
    entry.log === log
      ? compareEntry(name, entry, history, watched)
      : `${name}: its entries of ${entry.log} were not compared, the export is of ${log}.`,
  );
  for (const { log: own, checkpoint } of entries) {
    if (own === log) compareTree(name, checkpoint, history, watched);
  }
  return remarks.find((one) => one !== null) ?? null;
}

function compareEntry(
  name: string,
  { index, leaf, checkpoint, told }: ProvenEntry,
  history: EpochHistory,
  watched: WatchedEntries,
): string | null {
  const { origin } = checkpoint;
  const found = compareLeaf({ name, origin, index, leaf }, history, watched);
  if (typeof found === 'string' || !told) return typeof found === 'string' ? found : null;
  if (found.text === null)
    return `${name}: entry ${index} was removed after its time; its hash is the one told.`;
  const other = otherwiseTold(told, JSON.parse(found.text) as Entry);
  if (other !== null) {
    throw new Tampering('told-otherwise', index, `${name}: "${other}" is not what stands in the entry.`);
  }
  return null;
}
