import DataLoader from 'dataloader';
import type { Limits } from '../../config/limits.ts';
import type { RegisterName } from '../../registers.ts';
import type { BatchItem } from '../calls/connector.ts';
import { registerOf } from './record.ts';

export const LOADER_LIMITS = {
  batch: {
    value: 100,
    unit: 'keys',
    why: 'Each register takes at most 100 items a call (WIRE.md, modelled).',
  },
} as const satisfies Limits;

/** Asks one register for records; settles when every item has its slot, and never rejects. */
export type LoadBatch = (register: RegisterName, items: readonly BatchItem[]) => Promise<void>;

/**
 * The loaders of one request, one a register. Keys gather until the hop is dispatched, and not by tick: the keys of a
 * hop come to be known over many ticks, and each register is called at most once a hop and 100 keys. The reader keeps
 * the slots, so that nothing is cached here, and a loader never outlives its request: rights are not shared.
 */
export class RecordLoaders {
  readonly #load: LoadBatch;
  readonly #loaders = new Map<RegisterName, DataLoader<BatchItem, undefined>>();
  #waiting: (() => void)[] = [];

  constructor(load: LoadBatch) {
    this.#load = load;
  }

  /** Fetches these items as one hop. */
  async loadHop(items: readonly BatchItem[]): Promise<void> {
    const loads = items.map((item) => this.#loaderOf(registerOf(item.kind)).load(item));
    const batches = this.#waiting;
    this.#waiting = [];
    for (const dispatch of batches) dispatch();
    await Promise.all(loads);
  }

  #loaderOf(register: RegisterName): DataLoader<BatchItem, undefined> {
    let loader = this.#loaders.get(register);
    if (!loader) {
      loader = new DataLoader(
        async (items) => {
          await this.#load(register, items);
          return items.map(() => undefined);
        },
        {
          cache: false,
          maxBatchSize: LOADER_LIMITS.batch.value,
          batchScheduleFn: (dispatch) => void this.#waiting.push(dispatch),
        },
      );
      this.#loaders.set(register, loader);
    }
    return loader;
  }
}
