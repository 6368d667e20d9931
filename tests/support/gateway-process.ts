import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** A cold start on a busy machine. */
const START_MS = 30_000;

export interface GatewayProcess {
  readonly url: string;
  readonly pid: number;
  /** Standard output and error so far. */
  output(): string;
  /** Ends it so, and waits for its end. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Of Node itself. */
  readonly nodeArgs?: readonly string[];
}

interface Ended {
  readonly code: number | null;
}

function start({ environment, args = [], nodeArgs = [] }: ProcessOptions) {
  // Nothing of this process's settings: what the gateway is told is what the test says.
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', ...environment };
  const child = spawn(process.execPath, [...nodeArgs, MAIN, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code })));
  return { child, ended, output: () => output };
}

/** `node src/main.ts`, once it says that it is ready; rejects with its output where it ends instead. */
export async function startGatewayProcess(options: ProcessOptions): Promise<GatewayProcess> {
  const { child, ended, output } = start(options);
  const deadline = performance.now() + START_MS;
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  for (;;) {
    const ready = output()
      .split('\n')
      .find((line) => line.includes('"gateway.ready"'));
    if (ready !== undefined) {
      const { port } = JSON.parse(ready) as { readonly port: number };
      return {
        url: `http://127.0.0.1:${port}/graphql`,
        pid: child.pid ?? 0,
        output,
        async kill(signal) {
          child.kill(signal);
          return (await ended).code;
        },
      };
    }
    if (hasEnded || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the gateway did not start:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs it to its end, which is expected to come by itself. */
export async function runGatewayProcess(
  options: ProcessOptions,
): Promise<Ended & { readonly output: string }> {
  const { child, ended, output } = start(options);
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const { code } = await ended;
  clearTimeout(timer);
  return { code, output: output() };
}
