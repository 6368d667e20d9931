import { DEMO_REGISTERS } from '../../mocks/registers/demo-registers.ts';
import { credentialNameOf, urlSettingOf } from '../../src/registers.ts';
import { buildPooledTransport } from '../../src/sources/calls/pooled-transport.ts';
import { buildConnectors, type Connectors } from '../../src/sources/connectors.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';

/** The gateway's own connectors over pooled sockets, for contenders that have neither rights nor log. */
export function buildPooledConnectors(env: Readonly<Record<string, string | undefined>>): Connectors {
  return buildConnectors(
    DEFAULT_REGISTERS,
    {
      registerUrls: Object.fromEntries(
        DEFAULT_REGISTERS.map(({ name }) => [name, env[urlSettingOf(name)] ?? '']),
      ),
    },
    Object.fromEntries(DEMO_REGISTERS.map(({ name, credentials }) => [credentialNameOf(name), credentials])),
    (baseUrl) => buildPooledTransport({ baseUrl, connections: 64, maxResponseBytes: 16_777_216 }),
  );
}
