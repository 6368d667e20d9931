import { GatewayError } from '../../errors.ts';

/**
 * The time for which a confirmation counts, from the moment at which its reading began. It uses the monotonic clock, so
 * that setting the time of day back cannot prolong it.
 */
export class Lease {
  readonly #lengthMs: number;
  #confirmedAt = -Infinity;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  confirm(since: number): void {
    this.#confirmedAt = Math.max(this.#confirmedAt, since);
  }

  isConfirmed(): boolean {
    return performance.now() - this.#confirmedAt <= this.#lengthMs;
  }

  /** Throws AGREEMENT_UNCONFIRMED. */
  assertConfirmed(): void {
    if (!this.isConfirmed()) throw new GatewayError('AGREEMENT_UNCONFIRMED');
  }
}
