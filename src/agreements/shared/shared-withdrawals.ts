import type { Suspendable, Withdrawals } from './withdrawals.ts';

/** What all instances told each other, as far as it can be believed. */
export interface SharedState {
  /** As `Withdrawals.agreements`. */
  readonly agreements: ReadonlySet<string>;
  isSuspended(caller: Suspendable): boolean;
}

export const NOTHING_SHARED: SharedState = { agreements: new Set(), isSuspended: () => false };

/** How instances tell each other what is withdrawn and suspended. */
export interface SharedWithdrawals {
  /** Tells what this instance's folder says, and learns what all said. Rejects where that is not possible now. */
  exchange(own: Withdrawals): Promise<SharedState>;
}
