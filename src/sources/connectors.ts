import { credentialNameOf, type RegisterName } from '../registers.ts';
import type { Connector } from './calls/connector.ts';
import { guardConnector, type CircuitState, type GuardedConnector } from './calls/guarded-connector.ts';
import type { Transport } from './calls/transport.ts';
import type { RegisterDescriptor } from './register-descriptor.ts';

/** Connectors by the name of their register. */
export type Connectors = Readonly<Record<RegisterName, Connector>>;

/** Connectors behind their circuit breakers. */
export type GuardedConnectors = Readonly<Record<RegisterName, GuardedConnector>>;

/**
 * Builds a connector to each register, over a transport of its own and behind a circuit breaker of its own. `urls` are by the register's name,
 * `credentials` as in the credentials file.
 */
export function buildConnectors(
  registers: readonly RegisterDescriptor[],
  urls: Readonly<Record<RegisterName, string>>,
  credentials: Readonly<Record<string, unknown>>,
  transportTo: (baseUrl: string) => Transport,
  onState?: (register: RegisterName, state: CircuitState) => void,
): GuardedConnectors {
  return Object.fromEntries(
    registers.map((register) => [
      register.name,
      guardConnector(
        register.connect(
          transportTo(urls[register.name] ?? ''),
          credentials[credentialNameOf(register.name)],
        ),
        onState,
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
