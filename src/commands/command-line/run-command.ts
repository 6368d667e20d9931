import type { Command } from 'commander';
import type { CommandEnd } from './command-end.ts';
import { CommandFailure, UsageError } from './command-failure.ts';
import type { CommandResult } from './command-result.ts';
import { assertValuesGiven, valuesOf, type AnySubcommand } from './subcommand.ts';

/** Status of wrong arguments, and of a judging command that has no verdict. */
export const WRONG_USAGE = 2;

/**
 * Runs a subcommand to its end and sets the exit status: 0, 1 where what was given or found is wrong, 2 where the arguments are
 * wrong. Rejects with Commander's error once a wrong usage was printed.
 */
export async function runCommand(command: Command, subcommand: AnySubcommand): Promise<void> {
  if (subcommand.isJudging === true) endWithoutTrace(command);
  try {
    assertValuesGiven(command, givenTo(command));
    const result = await run(command, subcommand);
    if (!result) return;
    process.exitCode = result.status;
    process.stdout.write(`${result.output}\n`);
  } catch (error) {
    const end = subcommand.endOf?.(error) ?? endOfError(error);
    if (!end && subcommand.isJudging === true) return endUnforeseen(command, error);
    if (!end) throw error;
    if (end.status === WRONG_USAGE) command.error(end.message, { exitCode: WRONG_USAGE });
    process.stderr.write(`${end.message}\n`);
    process.exitCode = end.status;
  }
}

async function run(command: Command, { options, run: work }: AnySubcommand): Promise<CommandResult | void> {
  // The table of options made both the values and the type that `run` expects of them.
  return work(valuesOf(command, options) as never, command.args);
}

/** The arguments after the subcommand's own name. */
function givenTo(command: Command): readonly string[] {
  let top = command;
  let depth = 0;
  for (let parent = command.parent; parent; parent = parent.parent) [top, depth] = [parent, depth + 1];
  return 'rawArgs' in top ? (top.rawArgs as readonly string[]).slice(2 + depth) : [];
}

function endOfError(error: unknown): CommandEnd | null {
  if (error instanceof UsageError) return { status: 2, message: error.message };
  if (error instanceof CommandFailure) return { status: 1, message: error.message };
  return null;
}

/** A reader that has seen enough closes the pipe; any other fault of a stream, or one that nobody caught, is no verdict. */
function endWithoutTrace(command: Command): void {
  process.on('uncaughtException', (error) => endUnforeseen(command, error));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') endUnforeseen(command, error);
      process.exit();
    });
  }
}

/** The line names the error's class and code alone: its message may hold text of a hostile file. */
function endUnforeseen(command: Command, error: unknown): void {
  process.exitCode = WRONG_USAGE;
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && 'code' in error ? `, ${String(error.code)}` : '';
  const cause = `${name}${code}`.replaceAll(/[^\x20-\x7e]/g, '?');
  process.stderr.write(`${command.name()} ended without a verdict, by an error of its own (${cause}).\n`);
}
