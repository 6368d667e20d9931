import { text } from 'node:stream/consumers';
import { runCommand } from './access-log/run-command.ts';
import { UsageError, type CommandResult } from './agreements/command-result.ts';
import { approve } from './audit-orders/approve.ts';
import { check } from './audit-orders/check.ts';
import { complaint } from './audit-orders/complaint.ts';
import { sign } from './audit-orders/sign.ts';

const USAGE = `Usage: audit-orders check FILE [--owner-keys FILE]
       audit-orders sign FILE --key-id ID --key PEMFILE
       audit-orders approve FILE --number KT-... --key-id ID --key PEMFILE
       audit-orders complaint --number KN-... --auditor CLIENT --expires YYYY-MM-DD    (the personal id on standard input)`;

const COMMANDS: Readonly<
  Record<string, (args: readonly string[]) => CommandResult | Promise<CommandResult>>
> = {
  check,
  sign,
  approve,
  complaint: (args) => complaint(args, () => text(process.stdin)),
};

const [name = '', ...args] = process.argv.slice(2);
await runCommand(USAGE, async () => {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError('Which of these?');
  const { output, status } = await command(args);
  process.stdout.write(`${output}\n`);
  process.exitCode = status;
});
