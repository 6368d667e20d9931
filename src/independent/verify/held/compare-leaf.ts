import { equalBytes } from '../../../log-format/bytes.ts';
import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';
import type { EpochHistory } from '../passes/epoch-history.ts';
import { compareLost } from './known-checkpoints.ts';
import { Tampering } from '../faults/tampering.ts';
import type { WatchedEntries, WatchedEntry } from '../passes/watched-entries.ts';

/** A leaf that somebody holds a proof of. */
export interface HeldLeaf {
  /** Name of the file or answer that it comes from, for the report. */
  readonly name: string;
  readonly origin: string;
  readonly index: number;
  readonly leaf: Uint8Array;
}

/**
 * The entry that the export has in the leaf's place, with the leaf's hash; a remark where the export cannot tell. Throws
 * Tampering where it has another one, or none without saying so.
 */
export function compareLeaf(
  held: HeldLeaf,
  history: EpochHistory,
  watched: WatchedEntries,
): WatchedEntry | string {
  const { name, origin, index, leaf } = held;
  const fate = history.fateOf(origin, index + 1);
  if (fate.kind === 'before' || (fate.kind === 'kept' && index < history.from)) {
    return `${name}: entry ${index} lies before this export.`;
  }
  if (fate.kind === 'after-end') {
    throw new Tampering(
      'shown-not-in-log',
      index,
      `${name}: the export ends at ${history.to}; its tail was cut, or it is older than that.`,
    );
  }
  if (fate.kind === 'lost') {
    if (fate.stated && index < fate.stated.size)
      return `${name}: entry ${index} was lost; the restore at ${fate.at} states it.`;
    if (!fate.stated) return `${name}: entry ${index} was lost in a restore whose statement was removed.`;
    throw new Tampering(
      'gap-not-stated',
      fate.at,
      `${name}: entry ${index} was lost, and the restore does not say so.`,
    );
  }
  const found = watched.entryAt(index);
  if (!found) return `${name}: entry ${index} was not compared, the entries were not read that far.`;
  if (!equalBytes(found.leaf, leaf))
    throw new Tampering('shown-not-in-log', index, `${name}: the entry there is another.`);
  return found;
}

/** Throws Tampering where the export is shorter than the checkpoint, or of another tree. */
export function compareTree(
  name: string,
  checkpoint: Checkpoint,
  history: EpochHistory,
  watched: WatchedEntries,
): void {
  const { origin, size, root } = checkpoint;
  const own = watched.rootAt(size);
  const fate = history.fateOf(origin, size);
  if (fate.kind === 'after-end') {
    throw new Tampering('cut-tail', history.to, `The checkpoint of ${name} has size ${size}.`);
  }
  if (fate.kind === 'kept' && own && !equalBytes(own, root)) {
    const detail = `The checkpoint of ${name} (size ${size}) is of another tree.`;
    throw new Tampering('forked', 0, detail, [0, size]);
  }
  // Its entries may have been kept where the rest of its tree was lost.
  const lost =
    fate.kind === 'lost'
      ? compareLost(`The checkpoint of ${name} (size ${size})`, { size, root }, fate)
      : null;
  if (typeof lost === 'object' && lost) {
    throw new Tampering(lost.attack, lost.index, lost.detail, lost.interval);
  }
}
