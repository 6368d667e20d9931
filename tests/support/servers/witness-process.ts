import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface WitnessProcess {
  readonly url: string;
  readonly vkey: string;
  /** Ends it, and waits for its end. */
  end(): Promise<void>;
}

/** `npm run witness` for that log, on a free port or the given one; ended with the test. */
export async function startWitnessProcess(
  directory: string,
  logVkey: string,
  port = 0,
): Promise<WitnessProcess> {
  const args = [
    'src/commands/ndg.ts',
    'witness',
    '--log',
    logVkey,
    '--dir',
    directory,
    '--port',
    String(port),
  ];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(end);
  const first = await Promise.race([once(child.stdout, 'data'), ended.then(() => null)]);
  const [, url = '', vkey = ''] = /^WITNESS_URL=(\S+) WITNESS_KEY=(\S+)\n$/.exec(String(first?.[0])) ?? [];
  if (url === '') throw new Error('the witness did not start');
  return { url, vkey, end };
}
