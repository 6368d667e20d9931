import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export interface ChildGateway {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Waits until the expression stands in what was printed. */
  printed(expression: RegExp): Promise<RegExpExecArray>;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** `node src/main.ts` as a process of its own, with this environment and nothing else; `nodeArgs` are Node's. */
export function startChild(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): ChildGateway {
  const child = spawn(process.execPath, [...nodeArgs, 'src/main.ts', ...parameters], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', ENV_FILE: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then(
    ([code, signal]: (number | string | null)[]) => code ?? signal ?? '',
  );
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async printed(expression) {
      for (;;) {
        const found = expression.exec(stdout);
        if (found) return found;
        if (child.exitCode !== null) throw new Error(`ended before ${String(expression)}: ${stderr}`);
        await Promise.race([once(child.stdout, 'data'), ended]);
      }
    },
  };
}
