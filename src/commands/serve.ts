import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeSettings } from '../config/settings/describe-settings.ts';
import { buildSubcommand } from './command-line/subcommand.ts';

const MAIN = fileURLToPath(import.meta.resolve('../main.ts'));
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export const serveCommand = buildSubcommand({
  details: `Runs the gateway until a signal stops it. Its settings come from the environment and from .env in the working directory; the
environment wins.`,
  appendix: describeSettings(),
  options: { demo: { meaning: 'mocks or makes what is not set, on loopback only' } },
  run: async ({ demo }) => {
    const child = spawn(process.execPath, [MAIN, ...(demo ? ['--demo'] : [])], { stdio: 'inherit' });
    const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
    for (const signal of PASSED_ON) process.on(signal, passOn);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    for (const one of PASSED_ON) process.off(one, passOn);
    if (signal) process.kill(process.pid, signal);
    process.exitCode = code ?? 1;
  },
});
