import type { Suspendable, Withdrawals } from './withdrawals.ts';

/** Withdrawals and suspensions of all instances, as far as they are genuine. */
export interface SharedState {
  /** Entries of withdrawn agreements, spelt as in `Withdrawals.agreements`. */
  readonly agreements: ReadonlySet<string>;
  isSuspended(caller: Suspendable): boolean;
}

/** The state before anything was learnt, and without Redis. */
export const NOTHING_SHARED: SharedState = { agreements: new Set(), isSuspended: () => false };

/** The exchange by which instances tell each other which agreements and callers are withdrawn or suspended. */
export interface SharedWithdrawals {
  /**
   * Publishes the entries of this instance's folder, and reads those of all instances. Rejects where that is not
   * possible now.
   */
  exchange(own: Withdrawals): Promise<SharedState>;
}
