import { GatewayError } from '../../errors.ts';

/**
 * For how long what was confirmed counts. On the monotonic clock: whoever sets the time of day back gains nothing. A lease
 * is counted from the moment at which reading began.
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
