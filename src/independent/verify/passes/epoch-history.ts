import { epochOf } from '../../../log-format/notes/checkpoint.ts';
import type { CheckpointChain } from './checkpoint-chain.ts';
import type { Restore } from './restores.ts';

/** The fate of a tree of some epoch, as this export tells it. */
export type Fate =
  /** The export has that part of the tree. */
  | { readonly kind: 'kept' }
  /** The tree lies before the export. */
  | { readonly kind: 'before' }
  /** The tree goes beyond the end of the export, in its last epoch or a later one. */
  | { readonly kind: 'after-end'; readonly isLaterEpoch: boolean }
  /** Lost in a restore; `stated` is null where the export does not tell how much (its statement was removed). */
  | { readonly kind: 'lost'; readonly at: number; readonly stated: Restore | null };

/** Tells which epochs the export covers, and what was lost between them. */
export class EpochHistory {
  readonly #log: string;
  readonly #from: number;
  readonly #to: number;
  readonly #chain: CheckpointChain;
  readonly #restores: readonly Restore[];

  constructor(
    log: { readonly log: string; readonly from: number; readonly to: number },
    chain: CheckpointChain,
    restores: readonly Restore[],
  ) {
    this.#log = log.log;
    this.#from = log.from;
    this.#to = log.to;
    this.#chain = chain;
    this.#restores = restores;
  }

  /** First entry of the export. */
  get from(): number {
    return this.#from;
  }

  /** Size of the export's tree. */
  get to(): number {
    return this.#to;
  }

  /** The fate of the first `size` entries of the tree that `origin` names. */
  fateOf(origin: string, size: number): Fate {
    const epoch = epochOf(origin, this.#log);
    const last = this.#chain.epochs.at(-1)?.epoch ?? 1;
    if (epoch > last) return { kind: 'after-end', isLaterEpoch: true };
    const later = this.#chain.epochs.filter((one) => one.epoch > epoch && one.start !== null);
    const [cut] = later.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0));
    if (cut && size > (cut.start ?? 0)) {
      const stated = this.#restores.find((one) => one.origin === origin) ?? null;
      return { kind: 'lost', at: cut.start ?? 0, stated };
    }
    if (size > this.#to) return { kind: 'after-end', isLaterEpoch: false };
    return size < this.#from ? { kind: 'before' } : { kind: 'kept' };
  }
}
