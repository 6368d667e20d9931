import { epochOf } from '../../../log-format/notes/checkpoint.ts';
import { equalBytes } from '../../../log-format/bytes.ts';
import { LogRestoredDetailFormat, type LogRestoredDetail } from '../../../log-format/entry-format.ts';
import { decodeBase64 } from '../../../log-format/base64.ts';
import type { Epoch } from './checkpoint-chain.ts';
import type { ReadEntry } from '../reading/entry-reader.ts';
import { Tampering } from '../faults/tampering.ts';

/** The statement of an epoch's first entry about the epoch before. */
export interface Restore {
  readonly epoch: number;
  /** Origin of the tree whose end was lost. */
  readonly origin: string;
  readonly from: number;
  /** The size that the lost tree had, as far as the operator states. */
  readonly size: number;
  readonly root: Uint8Array;
}

/** Each epoch but the first begins with an entry that says what was lost. */
export class Restores {
  readonly #log: string;
  readonly #starts: ReadonlyMap<number, Epoch>;
  readonly #stated: Restore[] = [];
  readonly #removed: number[] = [];

  constructor(log: string, epochs: readonly Epoch[]) {
    this.#log = log;
    this.#starts = new Map(epochs.flatMap((one) => (one.start === null ? [] : [[one.start, one]])));
  }

  get stated(): readonly Restore[] {
    return this.#stated;
  }

  /** Places where an epoch began with an entry that was removed since. */
  get removed(): readonly number[] {
    return this.#removed;
  }

  noteRemoved(index: number): void {
    if (this.#starts.has(index)) this.#removed.push(index);
  }

  /** Every entry; throws Tampering. */
  accept(entry: ReadEntry, index: number, rootBefore: () => Uint8Array): void {
    const begun = this.#starts.get(index);
    const isStatement = entry.act?.purpose === 'log-restored';
    if (!begun && !isStatement) return;
    if (!begun) {
      throw new Tampering('restore-without-epoch', index, 'The checkpoint after it is of the epoch before.');
    }
    if (!isStatement) {
      throw new Tampering('restored-silently', index, `The epoch ${begun.origin} begins with another entry.`);
    }
    const parsed = LogRestoredDetailFormat.safeParse(entry.act.detail);
    if (!parsed.success) throw new Tampering('malformed-entry', index, 'It states no gap.');
    this.#stated.push(this.#restoreOf(parsed.data, begun, index, rootBefore));
  }

  #restoreOf(
    { epoch, from, lost }: LogRestoredDetail,
    begun: Epoch,
    index: number,
    rootBefore: () => Uint8Array,
  ): Restore {
    const before = epochOf(begun.after ?? this.#log, this.#log);
    const lostEpoch = epochOf(lost.origin, this.#log);
    const isOfThis = epoch === begun.epoch && from === index && lost.size >= from;
    // An epoch may have been lost as a whole: then the gap stated is that one's.
    if (!isOfThis || !(lostEpoch >= before && lostEpoch < epoch)) {
      throw new Tampering(
        'gap-not-stated',
        index,
        `It states the gap of another restore than that of ${begun.origin}.`,
      );
    }
    const root = decodeBase64(lost.root) ?? new Uint8Array(0);
    if (lost.size === from && !equalBytes(root, rootBefore())) {
      throw new Tampering('gap-not-stated', index, 'It states that nothing was lost, but of another tree.');
    }
    return { epoch, origin: lost.origin, from, size: lost.size, root };
  }
}
