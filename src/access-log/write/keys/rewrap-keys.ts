import type { Limits } from '../../../config/limits.ts';
import type { KeyRing } from '../../../config/secrets/key-rings.ts';
import type { LogRows } from '../../stores/log-rows.ts';
import type { LogStoreWriter, SealKeyRow } from '../../stores/log-store.ts';
import { unwrapDataKey, wrapDataKey } from './data-keys.ts';

export const REWRAP_LIMITS = {
  step: {
    value: 200,
    unit: 'keys',
    why: 'Keys are read and wrapped anew in steps, so that memory does not grow with the log.',
  },
} as const satisfies Limits;

export interface Rewrapped {
  /** Data keys that there are. */
  readonly keys: number;
  /** Number of keys that the newest key wraps since now. */
  readonly rewrapped: number;
  /** Ids of those that no key of the ring opens: the ring must keep what it lacks. */
  readonly unopened: readonly string[];
}

/**
 * Wraps every data key with the newest key of the ring too, so that older ones may be retired. Nothing is taken away. Rejects with
 * StoreFault.
 */
export async function rewrapKeys(rows: LogRows, store: LogStoreWriter, ring: KeyRing): Promise<Rewrapped> {
  const unopened: string[] = [];
  let keys = 0;
  let rewrapped = 0;
  for (let after = ''; ;) {
    const ids = await rows.sealKeyIds(after, REWRAP_LIMITS.step.value);
    const last = ids.at(-1);
    if (last === undefined) return { keys, rewrapped, unopened };
    const byId = Map.groupBy(await rows.sealKeys(ids), ({ id }) => id);
    const fresh = ids.flatMap((id) => {
      const wrapped = rewrapKey(ring, id, byId.get(id) ?? []);
      if (wrapped === null) unopened.push(id);
      return wrapped ?? [];
    });
    if (fresh.length > 0) await store.addSealKeys(fresh);
    keys += ids.length;
    rewrapped += fresh.length;
    after = last;
  }
}

/** Nothing where the newest key wraps it already; null where no key of the ring opens it. */
export function rewrapKey(
  ring: KeyRing,
  id: string,
  known: readonly SealKeyRow[],
): readonly SealKeyRow[] | null {
  const [newest] = ring;
  const isWrapped = known.some((row) => row.wrappedBy === newest.id && unwrapDataKey(ring, row) !== null);
  if (isWrapped) return [];
  for (const row of known) {
    const key = unwrapDataKey(ring, row);
    if (key) return [wrapDataKey(ring, id, key)];
  }
  return null;
}
