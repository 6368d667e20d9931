import { basename } from 'node:path';
import { UnreadableInput } from '../../independent/reconcile/keys/unreadable-input.ts';
import { printable } from '../../independent/verify/verdict/printable.ts';
import { Tampering } from '../../independent/verify/faults/tampering.ts';
import { UsageError } from '../agreements/command-result.ts';

/** Without a verdict: status 1 is one, and a fault of ours must not be taken for the operator's. */
const NO_VERDICT = 2;

/**
 * Runs a command whose status is a verdict. `judge` gives what to print, and whether all is well. What cannot be meant ends with
 * the usage; what nobody foresaw with a line that tells nothing of the machine; a reader that has seen enough, quietly.
 */
export function runJudging(
  usage: string,
  judge: () => { readonly report: string; readonly isWell: boolean },
): void {
  process.on('uncaughtException', endUnforeseen);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') endUnforeseen(error);
      process.exit();
    });
  }
  try {
    const { report, isWell } = judge();
    process.exitCode = isWell ? 0 : 1;
    process.stdout.write(`${report}\n`);
  } catch (error) {
    if (!isUsage(error)) return endUnforeseen(error);
    process.exitCode = NO_VERDICT;
    process.stderr.write(`${printable(error.message)}\n${usage}\n`);
  }
}

function endUnforeseen(error: unknown): void {
  process.exitCode = NO_VERDICT;
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? `, ${String(error.code)}` : '';
  const command = basename(process.argv[1] ?? '', '.ts');
  process.stderr.write(
    printable(`${command} ended without a verdict, by an error of its own (${name}${code}).`) + '\n',
  );
}

/** Of a command, of what it was given, or of Node's parser of arguments. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof UnreadableInput || error instanceof Tampering)
    return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
