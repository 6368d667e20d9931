import './config/require-node.mjs';
import { parseArgs } from 'node:util';
import { withAdvice } from './access-log/stores/fault-advice.ts';
import { readEnvironment } from './config/settings/read-environment.ts';
import { SettingFaults } from './config/settings/setting-faults.ts';
import { readSettings } from './config/settings/settings.ts';
import { STOP_LIMITS } from './config/settings/stop-limits.ts';
import { buildGateway, type Gateway } from './gateway.ts';
import { DEFAULT_REGISTERS } from './sources/default-registers.ts';

/** Reads the settings, builds the gateway, listens, closes on SIGINT or SIGTERM. `--demo` mocks what is absent. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { demo: { type: 'boolean', default: false } } });
  if (!values.demo) {
    const gateway = await buildGateway(readSettings(readEnvironment(), 'production', DEFAULT_REGISTERS));
    // First, because a supervisor that reads that it is ready may end it at once.
    closeOnSignal(gateway, { leaveMs: STOP_LIMITS.leave.value });
    announce(gateway, 'production');
    return;
  }
  // Loaded in the demo only: production has no path to a mock.
  const { prepareDemo, greeting } = await import('../mocks/demo.ts');
  const demo = await prepareDemo(readEnvironment());
  try {
    const settings = readSettings(demo.environment, 'demo', DEFAULT_REGISTERS);
    const gateway = await buildGateway(settings, demo.explorer ? { explorer: demo.explorer } : {});
    closeOnSignal(gateway, { afterwards: demo.close });
    announce(gateway, 'demo');
    process.stdout.write(greeting(gateway, demo));
  } catch (error) {
    await demo.close();
    throw error;
  }
}

function announce({ log, port }: Gateway, mode: string): void {
  log.info('gateway.ready', { port, mode });
}

interface Closing {
  readonly leaveMs?: number;
  readonly afterwards?: () => Promise<void>;
}

function closeOnSignal(gateway: Gateway, { leaveMs = 0, afterwards }: Closing): void {
  const close = (signal: NodeJS.Signals): void => {
    gateway.log.info('gateway.closing', { signal });
    process.off('SIGINT', close);
    process.off('SIGTERM', close);
    // npm passes on the Ctrl-C that the terminal sent to both: one wish. A signal after that ends the process at once.
    const ignoreEcho = (): void => undefined;
    process.on('SIGINT', ignoreEcho);
    setTimeout(() => process.off('SIGINT', ignoreEcho), STOP_LIMITS.echo.value).unref();
    void gateway
      .close(signal === 'SIGTERM' ? leaveMs : 0)
      .then(afterwards)
      .then(() => process.exit(0));
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}

function reasonOf(error: unknown): string {
  if (error instanceof SettingFaults) return error.message;
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')) {
    return `${error.message}. The only option is --demo; \`npx ndg serve --help\` lists all settings.`;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The gateway cannot start: a port is taken. Set PORT (or ADMIN_PORT, MOCKS_PORT) to a free one.';
  }
  const advised = error instanceof Error ? withAdvice(error.message) : null;
  return advised ?? String(error);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}
