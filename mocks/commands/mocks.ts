import { readMocksPort } from '../servers/mocks-port.ts';
import { startMocks } from '../servers/servers.ts';
import { gatewaySettings } from '../settings.ts';

const DEFAULT_PORT = 4100;

/** `npm run mocks`: registers, identity provider and dossier service as their own process, until a signal ends it. */
async function main(): Promise<void> {
  const basePort = readMocksPort(process.env['MOCKS_PORT']) ?? DEFAULT_PORT;
  const mocks = await startMocks({ basePort });
  const stop = (): void => {
    void mocks.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  for (const [name, value] of Object.entries(gatewaySettings(mocks.urls))) {
    process.stdout.write(`${name}=${value}\n`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : 'of six';
    return `Port ${port} is taken: set MOCKS_PORT to the first of six free ports.`;
  }
  return error instanceof Error ? error.message : 'The mocks cannot start.';
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
