import { expect } from 'vitest';
import type { AgreementLoad } from '../../src/agreements/agreement-load.ts';
import { openAgreements, type AgreementStore } from '../../src/agreements/agreement-store.ts';
import type { AgreementStoreOptions } from '../../src/agreements/store-options.ts';
import type { StateInForce } from '../../src/agreements/store-observer.ts';
import { GatewayError } from '../../src/errors.ts';
import { delay } from '../support/servers/redis.ts';
import { buildSchemaParts } from '../support/plan-parts.ts';

const { schema, facts } = buildSchemaParts();

/** Short, so that tests are; a poll of a few files takes a few milliseconds. */
export const POLL_MS = 15;
/** Long beside a poll, also on a busy machine. */
export const LEASE_MS = 1_500;

export interface OpenedStore {
  readonly store: AgreementStore;
  readonly loads: AgreementLoad[];
  readonly faults: (readonly string[])[];
  readonly troubles: string[];
  readonly states: StateInForce[];
  /** Loads cannot be recorded while true. */
  logIsDown: boolean;
  /** Every agreement as `id@version`, with `!` where it is withdrawn. */
  inForce(): readonly string[];
}

/** A store over a folder, not yet started. */
export async function openStore(
  directory: string,
  given: Partial<AgreementStoreOptions> = {},
): Promise<OpenedStore> {
  const store = await openAgreements({
    directory,
    schema,
    facts,
    owners: 'unsigned',
    seenFile: null,
    shared: null,
    needsShared: false,
    pollMs: POLL_MS,
    leaseMs: LEASE_MS,
    ...given,
  });
  return {
    store,
    loads: [],
    faults: [],
    troubles: [],
    states: [],
    logIsDown: false,
    inForce: () =>
      store
        .current()
        .agreements.map(({ id, version, isWithdrawn }) => `${id}@${version}${isWithdrawn ? '!' : ''}`)
        .toSorted(),
  };
}

export async function startStore(
  directory: string,
  given: Partial<AgreementStoreOptions> = {},
): Promise<OpenedStore> {
  const opened = await openStore(directory, given);
  await opened.store.start({
    onLoad: async (load) => {
      if (opened.logIsDown) throw new Error('down');
      opened.loads.push(load);
    },
    onInForce: (state) => void opened.states.push(state),
    onFaults: (faults) => void opened.faults.push(faults),
    onTrouble: (trouble, isOver) => void opened.troubles.push(`${trouble} ${isOver ? 'over' : 'begins'}`),
  });
  return opened;
}

export function isConfirmed({ store }: OpenedStore): boolean {
  try {
    store.assertConfirmed();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toMatchObject({ code: 'AGREEMENT_UNCONFIRMED' });
    return false;
  }
}

/** For `expect.poll`: what has to come about may take its time on a busy machine. */
export const WAIT = { timeout: 10_000, interval: 5 };

/** Long enough for several polls to have decided whatever there was to decide. */
export function severalPolls(): Promise<void> {
  return delay(POLL_MS * 12);
}
