import { type RunningMocks, startMocks } from '../servers.ts';
import { gatewaySettings } from '../settings.ts';

/** `npm run mocks`: registers, identity provider and dossier service as their own process, until a signal ends it. */
const DEFAULT_PORT = 4100;
/** Six services from the first port on. */
const LAST_FIRST_PORT = 65_535 - 5;

async function main(): Promise<void> {
  const basePort = firstPort(process.env['MOCKS_PORT']);
  if (basePort === undefined) {
    process.stderr.write(`MOCKS_PORT is not a port between 1 and ${LAST_FIRST_PORT}.\n`);
    process.exitCode = 1;
    return;
  }
  let mocks: RunningMocks;
  try {
    mocks = await startMocks({ basePort });
  } catch (error) {
    process.stderr.write(`${reasonOf(error, basePort)}\n`);
    process.exitCode = 1;
    return;
  }
  const stop = (): void => {
    void mocks.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  for (const [name, value] of Object.entries(gatewaySettings(mocks.urls))) {
    process.stdout.write(`${name}=${value}\n`);
  }
}

function firstPort(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= LAST_FIRST_PORT ? port : undefined;
}

function reasonOf(error: unknown, basePort: number): string {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    const port = 'port' in error ? String(error.port) : `one of ${basePort} to ${basePort + 5}`;
    return `Port ${port} is taken: set MOCKS_PORT to the first of six free ports.`;
  }
  return `The mocks cannot start: ${error instanceof Error ? error.message : 'unknown reason'}`;
}

await main();
