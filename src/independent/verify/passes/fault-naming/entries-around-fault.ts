import { equalBytes } from '../../../../log-format/bytes.ts';
import type { Checkpoint } from '../../../../log-format/notes/checkpoint.ts';
import type { CompactRange } from '../../../../log-format/tree/compact-range.ts';
import type { EntryLine, EntryStream } from '../../reading/entry-stream.ts';
import { faultOr } from '../../faults/tampering.ts';

export const FAULT_WINDOW_LIMITS = {
  entries: { value: 64, unit: 'entries', why: 'Moved entries are looked for this far around a fault.' },
  text: { value: 1 << 23, unit: 'characters', why: 'So much text is kept around a fault.' },
} as const;

/**
 * The lines and hashes around the first fault. It reads on from the fault, since the pass over the export ends there.
 */
export class EntriesAroundFault {
  /** The lines from the fault on. */
  readonly lines: readonly EntryLine[];
  readonly stored: readonly Uint8Array[];
  /** True where the next checkpoint signs the stored hashes up to it; null where there is no next checkpoint. */
  readonly areHashesSigned: boolean | null;
  /** True where the next checkpoint signs the entries as they stand; null where there is no next checkpoint. */
  readonly areLinesSigned: boolean | null;

  /** `line` and `stored` are those at the fault, `range` the tree before it. */
  constructor(
    stream: EntryStream,
    at: { readonly line: EntryLine | null; readonly stored: Uint8Array | null },
    range: CompactRange,
    checkpoint: Checkpoint | null,
  ) {
    const nextLine = orEnd(() => stream.nextLine());
    const nextStored = orEnd(() => stream.nextStored());
    let room = FAULT_WINDOW_LIMITS.text.value;
    const fits = (line: EntryLine | null): boolean => (room -= line?.text?.length ?? 0) > 0;
    this.lines = gather(at.line, nextLine, fits);
    this.stored = gather(at.stored, nextStored, () => true);
    this.areHashesSigned = checkpoint && isSigned(range, this.stored, nextStored, checkpoint);
    const leaves = this.lines.map(({ leaf }) => leaf);
    this.areLinesSigned = checkpoint && isSigned(range, leaves, () => nextLine()?.leaf ?? null, checkpoint);
  }
}

/** Null at the end, and from a line on that cannot be read. */
function orEnd<T>(next: () => T | null): () => T | null {
  let isOver = false;
  return () => {
    const read = isOver ? { value: null } : faultOr(next);
    const value = 'value' in read ? read.value : null;
    isOver ||= value === null;
    return value;
  };
}

function gather<T>(first: T | null, next: () => T | null, fits: (one: T | null) => boolean): readonly T[] {
  const gathered: T[] = [];
  for (let one = first; one !== null; one = next()) {
    gathered.push(one);
    if (gathered.length === FAULT_WINDOW_LIMITS.entries.value || !fits(one)) break;
  }
  return gathered;
}

function isSigned(
  before: CompactRange,
  leaves: readonly Uint8Array[],
  next: () => Uint8Array | null,
  checkpoint: Checkpoint,
): boolean {
  const range = before.copy();
  for (const leaf of leaves) if (range.size < checkpoint.size) range.append(leaf);
  while (range.size < checkpoint.size) {
    const leaf = next();
    if (!leaf) return false;
    range.append(leaf);
  }
  return equalBytes(range.root(), checkpoint.root);
}
