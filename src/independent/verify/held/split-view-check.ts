import { equalBytes } from '../../../log-format/bytes.ts';
import type { Checkpoint } from '../../../log-format/notes/checkpoint.ts';
import { Tampering } from '../faults/tampering.ts';

/**
 * Notices a split view. All that was shown to different people, or on different days, must be of one tree, but an
 * operator may sign two.
 */
export class SplitViewCheck {
  readonly #roots = new Map<string, Uint8Array>();
  readonly #leaves = new Map<string, Uint8Array>();

  /** Throws Tampering where the same size was shown with another root. */
  addTree({ origin, size, root }: Checkpoint, name: string): void {
    if (isOther(this.#roots, `${origin} ${size}`, root)) {
      throw new Tampering('forked', 0, `${name}: another root was shown for ${size} entries of ${origin}.`, [
        0,
        size,
      ]);
    }
  }

  /** Throws Tampering where another entry was shown in the same place. */
  addLeaf({ origin }: Checkpoint, index: number, leaf: Uint8Array, name: string): void {
    if (isOther(this.#leaves, `${origin} ${index}`, leaf)) {
      throw new Tampering('forked', index, `${name}: another entry of ${origin} was shown there.`);
    }
  }
}

function isOther(known: Map<string, Uint8Array>, name: string, hash: Uint8Array): boolean {
  const before = known.get(name);
  if (!before) known.set(name, hash);
  return before !== undefined && !equalBytes(before, hash);
}
