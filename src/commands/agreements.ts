import { check } from './agreements/check.ts';
import { CommandFailure, UsageError, type CommandResult } from './agreements/command-result.ts';
import { diff } from './agreements/diff.ts';
import { keygen } from './agreements/keygen.ts';
import { show } from './agreements/show.ts';
import { sign } from './agreements/sign.ts';

const USAGE = `Usage: agreements check DIR [--owner-keys FILE]
       agreements sign FILE.yaml --register REGISTER --key-id ID --key PEMFILE
       agreements keygen [--key-id ID]
       agreements diff OLD_DIR NEW_DIR
       agreements show ID [--dir DIR]`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => CommandResult>> = {
  check,
  sign,
  keygen,
  diff,
  show,
};

const [name = '', ...args] = process.argv.slice(2);
try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError('Which of these?');
  const { output, status } = command(args);
  process.stdout.write(`${output}\n`);
  process.exitCode = status;
} catch (error) {
  const isFailure = error instanceof CommandFailure;
  if (!isFailure && !isUsage(error)) throw error;
  process.stderr.write(isFailure ? `${error.message}\n` : `${error.message}\n${USAGE}\n`);
  process.exitCode = isFailure ? 1 : 2;
}

/** Of this command, or of Node's parser of arguments. */
function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
