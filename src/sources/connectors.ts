import { credentialNameOf, type RegisterName } from '../registers.ts';
import type { Connector } from './calls/connector.ts';
import type { Transport } from './calls/transport.ts';
import type { RegisterDescriptor } from './register-descriptor.ts';

/** Connectors by the name of their register. */
export type Connectors = Readonly<Record<RegisterName, Connector>>;

/**
 * Builds a connector to each register, over a transport of its own. `urls` are by the register's name,
 * `credentials` as in the credentials file.
 */
export function buildConnectors(
  registers: readonly RegisterDescriptor[],
  urls: Readonly<Record<RegisterName, string>>,
  credentials: Readonly<Record<string, unknown>>,
  transportTo: (baseUrl: string) => Transport,
): Connectors {
  return Object.fromEntries(
    registers.map((register) => [
      register.name,
      register.connect(transportTo(urls[register.name] ?? ''), credentials[credentialNameOf(register.name)]),
    ]),
  );
}
