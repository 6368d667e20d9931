import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { gatewayAct } from '../entry/gateway-act.ts';
import { BEHIND, StoreFault } from '../stores/log-store.ts';
import { openStore, type StoreSettings } from '../stores/open-store.ts';
import { CLOCK_WENT_BACK, clockStep } from './clock-steps.ts';
import { buildGroups } from './group/build-groups.ts';
import { draftOf } from './group/record-draft.ts';

/** Settings of a command that writes one entry without a gateway. */
export interface ActWriter {
  readonly store: StoreSettings;
  readonly log: string;
  readonly instanceId: string;
  readonly sealKeys: KeyRing;
  readonly checkpointKeys: KeyRing;
}

/**
 * Appends one act of the gateway as a group of its own, on this thread, and returns its checkpoint. A running gateway
 * waits meanwhile: it would win every race, since it knows its tree. Then it finds its tree behind, reads the tree anew
 * and goes on. With `epoch` the group is the first of that epoch; with `expectedSize` the log must still have that
 * size. Rejects with StoreFault.
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
    const { rows } = await store.commitNext((tree) => {
      if (expectedSize !== undefined && tree.size !== expectedSize) throw new StoreFault(BEHIND, false);
      const builder = buildGroups({
        log,
        tree,
        sealKeys,
        checkpointKeys,
        ...(epoch === undefined ? {} : { epoch }),
      });
      const at = Date.now();
      // A command must not make the log forget that the clock went back. What states it comes second: an epoch has its own first entry.
      const step = purpose === CLOCK_WENT_BACK ? null : clockStep(instanceId, builder.lastTime, at);
      const acts = [gatewayAct(instanceId, { purpose, at, detail }), ...(step ? [step] : [])];
      return builder.build(acts.map(draftOf), at);
    });
    return rows.note;
  } finally {
    await store.close();
  }
}
