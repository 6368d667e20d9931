import type { Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';
import { isInTime } from './in-time.ts';
import type { BatchItem, Connector, FetchedBatch, UpstreamCall } from './connector.ts';

export const CIRCUIT_LIMITS = {
  failures: {
    value: 4,
    unit: 'calls',
    why: 'So many timeouts in a row, with no answer between, are a register that hangs; one key may make single calls time out.',
  },
  patience: {
    value: 25,
    unit: 'ms',
    why: 'While a register hangs nobody waits longer for it; one that is well again answers within it.',
  },
  probePause: {
    value: 500,
    unit: 'ms',
    why: 'So often one call is left to run its whole time, so that a register that has become slow is taken back.',
  },
  memory: {
    value: 5_000,
    unit: 'ms',
    why: 'A register that nobody has asked for so long is not known to be gone any more, so that an instance without traffic gets some again.',
  },
} as const satisfies Limits;

/** `closed`: it answers. `open`: it hangs, and nobody waits for it. `half-open`: one call is trying whether it is back. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** A connector behind a circuit breaker, which says how its register is. */
export interface GuardedConnector extends Connector {
  readonly state: () => CircuitState;
  /** The last calls failed, one after the other, and not long ago. */
  readonly isGone: () => boolean;
}

/**
 * Guards a connector against a register that hangs: after some timeouts in a row callers wait a short time only, and get the same
 * SOURCE_TIMEOUT, until a call is answered again. Whether the circuit is open depends on the register alone, never on a caller or
 * on what was found.
 */
export function guardConnector(
  connector: Connector,
  onState: (register: string, state: CircuitState) => void = () => {},
  now: () => number = () => performance.now(),
): GuardedConnector {
  let state: CircuitState = 'closed';
  let timeouts = 0;
  let failures = 0;
  let lastFailure = -Infinity;
  let lastProbe = -Infinity;

  const become = (next: CircuitState): void => {
    if (state === next) return;
    state = next;
    onState(connector.register, next);
  };
  const succeed = (): void => {
    timeouts = 0;
    failures = 0;
    become('closed');
  };
  const fail = (error: unknown): void => {
    const code = error instanceof GatewayError ? error.code : null;
    // An answer in a wrong shape is an answer: the register does not hang.
    if (code === 'SOURCE_CONTRACT_BROKEN') return;
    failures += 1;
    lastFailure = now();
    if (code !== 'SOURCE_TIMEOUT') return;
    timeouts += 1;
    if (state === 'closed' && timeouts >= CIRCUIT_LIMITS.failures.value) {
      lastProbe = now();
      become('open');
    }
  };
  const attempt = async (items: readonly BatchItem[], call: UpstreamCall): Promise<FetchedBatch> => {
    try {
      const batch = await connector.fetch(items, call);
      succeed();
      return batch;
    } catch (error) {
      fail(error);
      throw error;
    }
  };

  /** Lets one call run its whole time, though its caller waits no longer than the others. */
  const probe = async (items: readonly BatchItem[], call: UpstreamCall): Promise<FetchedBatch> => {
    lastProbe = now();
    become('half-open');
    const whole = attempt(items, call).catch((error: unknown) => {
      if (state === 'half-open') become('open');
      throw error;
    });
    // Nobody may be left who waits for it.
    whole.catch(() => {});
    if (await isInTime(whole, patienceOf(call))) return whole;
    throw new GatewayError('SOURCE_TIMEOUT');
  };

  return {
    register: connector.register,
    kinds: connector.kinds,
    maxItems: connector.maxItems,
    close: () => connector.close(),
    state: () => state,
    isGone: () =>
      failures >= CIRCUIT_LIMITS.failures.value && now() - lastFailure < CIRCUIT_LIMITS.memory.value,
    fetch(items, call) {
      if (state === 'closed') return attempt(items, call);
      if (state === 'open' && now() - lastProbe >= CIRCUIT_LIMITS.probePause.value) return probe(items, call);
      return attempt(items, { ...call, timeoutMs: patienceOf(call) });
    },
  };
}

/** Milliseconds that a caller waits while the circuit is not closed. */
function patienceOf({ timeoutMs }: UpstreamCall): number {
  return Math.min(timeoutMs, CIRCUIT_LIMITS.patience.value);
}
