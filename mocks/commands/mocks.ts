import { buildMocksCountry } from '../servers/mocks-persons.ts';
import { readOffer } from '../registers/register.ts';
import { readMocksPort } from '../servers/mocks-port.ts';
import { startMocks } from '../servers/servers.ts';
import { gatewaySettings } from '../settings.ts';

const DEFAULT_PORT = 4100;

/** A port is taken, or MOCKS_PORT is no port; the message says which. */
export class MocksCannotStart extends Error {
  override readonly name = 'MocksCannotStart';
}

/** The settings of the mocks, as the environment has them. */
export type MockSettings = Readonly<
  Partial<Record<'MOCKS_PORT' | 'MOCKS_PERSONS' | 'REGISTER_BATCHES', string | undefined>>
>;

/** Runs registers, identity provider and dossier service until a signal ends them. Rejects with MocksCannotStart. */
export async function runMocks(settings: MockSettings): Promise<void> {
  const mocks = await start(settings);
  const stop = (): void => {
    void mocks.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  for (const [name, value] of Object.entries(gatewaySettings(mocks.urls))) {
    process.stdout.write(`${name}=${value}\n`);
  }
}

async function start(settings: MockSettings): ReturnType<typeof startMocks> {
  try {
    const country = buildMocksCountry(settings.MOCKS_PERSONS);
    const basePort = readMocksPort(settings.MOCKS_PORT) ?? DEFAULT_PORT;
    return await startMocks({ country, basePort, offer: readOffer(settings.REGISTER_BATCHES) });
  } catch (cause) {
    throw new MocksCannotStart(reasonOf(cause), { cause });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : 'of six';
    return `Port ${port} is taken: set MOCKS_PORT to the first of six free ports.`;
  }
  return error instanceof Error ? error.message : 'The mocks cannot start.';
}
