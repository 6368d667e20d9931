import { setTimeout as pause } from 'node:timers/promises';
import type { KeyRing } from '../../config/secrets.ts';
import { gatewayAct } from '../gateway-act.ts';
import { BEHIND, StoreFault } from '../stores/log-store.ts';
import { openStore, type StoreSettings } from '../stores/open-store.ts';
import { buildGroups } from './group-builder.ts';
import { draftOf } from './record-draft.ts';

/** Who writes one entry without a gateway. */
export interface ActWriter {
  readonly store: StoreSettings;
  readonly log: string;
  readonly instanceId: string;
  readonly sealKeys: KeyRing;
  readonly checkpointKeys: KeyRing;
}

/** Tries against a gateway that writes at the same time, and how long between them, in ms. */
const MOST_TRIES = 200;
const PAUSE_MS = 10;

/**
 * One act of the gateway as a group of its own, on this thread; returns its checkpoint. A running gateway finds its tree behind, reads
 * it anew and goes on. With `epoch` the group is the first of that one; with `expectedSize` the log must have that size still.
 * Rejects with StoreFault.
 */
export async function appendAct(
  { store: settings, log, instanceId, sealKeys, checkpointKeys }: ActWriter,
  act: {
    readonly purpose: string;
    readonly detail: object;
    readonly epoch?: number;
    readonly expectedSize?: number;
  },
): Promise<string> {
  const { purpose, detail, epoch, expectedSize } = act;
  const store = openStore(settings, log);
  try {
    await store.open(false);
    for (let tries = 1; ; tries++) {
      const tree = await store.readTree();
      if (expectedSize !== undefined && tree.size !== expectedSize) throw new StoreFault(BEHIND, false);
      const builder = buildGroups({
        log,
        tree,
        sealKeys,
        checkpointKeys,
        ...(epoch === undefined ? {} : { epoch }),
      });
      const at = Date.now();
      const group = builder.build([draftOf(gatewayAct(instanceId, { purpose, at, detail }))], at);
      try {
        await store.commit(group.rows);
        return group.rows.note;
      } catch (error) {
        if (!isBehind(error) || tries === MOST_TRIES) throw error;
        await pause(PAUSE_MS * Math.random());
      }
    }
  } finally {
    await store.close();
  }
}

function isBehind(error: unknown): boolean {
  return error instanceof StoreFault && error.code === BEHIND;
}
