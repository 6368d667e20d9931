import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Runs `ndg` as a process of its own without blocking this one: a gateway in this process must go on reading its
 * agreements meanwhile, or their lease of 4 s runs out.
 */
export function runNdg(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly stdout: string }> {
  return new Promise((settle) => {
    const env = { ...process.env, ...environment };
    const options = { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 64 * 1_024 * 1_024 } as const;
    const child = execFile(process.execPath, ['src/commands/ndg.ts', ...args], options, (_error, stdout) =>
      settle({ status: child.exitCode ?? 1, stdout }),
    );
  });
}
