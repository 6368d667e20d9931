import { credentialNameOf, type RegisterName } from '../registers.ts';
import { limitRate } from './calls/call-rate.ts';
import type { Connector } from './calls/connector.ts';
import { guardConnector, type CircuitState, type GuardedConnector } from './calls/guarded-connector.ts';
import type { Transport } from './calls/transport.ts';
import type { RegisterDescriptor } from './register-descriptor.ts';

/** Connectors by the name of their register. */
export type Connectors = Readonly<Record<RegisterName, Connector>>;

/** Connectors behind their circuit breakers. */
export type GuardedConnectors = Readonly<Record<RegisterName, GuardedConnector>>;

/** Base URLs by the register's name, and whether the registers are asked batches. */
export interface RegisterAddresses {
  readonly registerUrls: Readonly<Record<RegisterName, string>>;
  readonly asksBatches?: boolean;
}

/**
 * Builds a connector to each register, over a transport of its own and behind a circuit breaker and a rate of its own. `credentials` are as
 * in the credentials file.
 */
export function buildConnectors(
  registers: readonly RegisterDescriptor[],
  { registerUrls, asksBatches = true }: RegisterAddresses,
  credentials: Readonly<Record<string, unknown>>,
  transportTo: (baseUrl: string) => Transport,
  onState?: (register: RegisterName, state: CircuitState) => void,
): GuardedConnectors {
  return Object.fromEntries(
    registers.map((register) => [
      register.name,
      // The register does not fail where its rate is kept: that must not open its circuit.
      limitRate(
        guardConnector(
          register.connect(
            transportTo(registerUrls[register.name] ?? ''),
            credentials[credentialNameOf(register.name)],
            asksBatches,
          ),
          onState,
        ),
        register.callLimits,
      ),
    ]),
  );
}

/**
 * The state of each register, for operators, where one of them is not well: `gone` where its last calls failed one after the
 * other. Empty where all answer.
 */
export function statesOf(connectors: GuardedConnectors): Readonly<Record<RegisterName, string>> {
  const states = Object.entries(connectors).map(
    ([name, one]) => [name, one.isGone() ? 'gone' : one.state()] as const,
  );
  return Object.fromEntries(states.every(([, state]) => state === 'closed') ? [] : states);
}
