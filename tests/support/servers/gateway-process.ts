import { startChild, type ChildGateway } from './child-gateway.ts';

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

function start({ environment, args = [], nodeArgs = [] }: ProcessOptions) {
  const child = startChild(args, { PORT: '0', ...environment }, nodeArgs);
  return { child, output: () => child.stdout() + child.stderr() };
}

/** Null where a signal ended it. */
async function codeOf({ ended }: ChildGateway): Promise<number | null> {
  const end = await ended;
  return typeof end === 'number' ? end : null;
}

/** `node src/main.ts`, once it says that it is ready; rejects with its output where it ends instead. */
export async function startGatewayProcess(options: ProcessOptions): Promise<GatewayProcess> {
  const { child, output } = start(options);
  const deadline = performance.now() + START_MS;
  for (;;) {
    const ready = output()
      .split('\n')
      .find((line) => line.includes('"gateway.ready"'));
    if (ready !== undefined) {
      const { port } = JSON.parse(ready) as { readonly port: number };
      return {
        url: `http://127.0.0.1:${port}/graphql`,
        pid: child.process.pid ?? 0,
        output,
        async kill(signal) {
          child.process.kill(signal);
          return codeOf(child);
        },
      };
    }
    if (child.process.exitCode !== null || performance.now() > deadline) {
      child.process.kill('SIGKILL');
      throw new Error(`the gateway did not start:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs it to its end, which is expected to come by itself. */
export async function runGatewayProcess(
  options: ProcessOptions,
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { child, output } = start(options);
  const timer = setTimeout(() => child.process.kill('SIGKILL'), START_MS);
  const code = await codeOf(child);
  clearTimeout(timer);
  return { code, output: output() };
}
