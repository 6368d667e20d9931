import { Command } from 'commander';
import { runCommand, WRONG_USAGE } from './run-command.ts';
import { describeCommand, type AnySubcommand } from './subcommand.ts';

/** A subcommand that is loaded when it is called: `ndg log verify` loads nothing of the gateway. */
interface LazyCommand {
  readonly summary: string;
  readonly load: () => Promise<AnySubcommand>;
}

/** Subcommands under one word, such as `ndg log`. */
interface CommandGroup {
  readonly summary: string;
  readonly commands: CommandTable;
}

/** Subcommands by name. */
export type CommandTable = Readonly<Record<string, LazyCommand | CommandGroup>>;

/** Builds Commander's program; each command answers `--help` and `--version` and then does nothing else. */
export function buildCommandTree(
  name: string,
  version: string,
  summary: string,
  table: CommandTable,
): Command {
  const program = new Command(name)
    .description(summary)
    .enablePositionalOptions()
    .helpCommand(false)
    .helpOption('-h, --help', 'prints this help')
    .showHelpAfterError()
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withoutPrefix(text)) });
  addCommands(program, table, version);
  return program;
}

function addCommands(parent: Command, table: CommandTable, version: string): void {
  parent.version(version, '-V, --version', 'prints the version');
  const loaders = new Map<Command, LazyCommand['load']>();
  for (const [name, entry] of Object.entries(table)) {
    const command = parent.command(name).summary(entry.summary).description(entry.summary);
    if ('commands' in entry) addCommands(command, entry.commands, version);
    else loaders.set(command.version(version, '-V, --version', 'prints the version'), entry.load);
  }
  parent.hook('preSubcommand', async (_parent, command) => {
    const subcommand = await loaders.get(command)?.();
    if (!subcommand) return;
    describeCommand(command, subcommand);
    command.action(() => runCommand(command, subcommand));
  });
  refuseOthers(parent, Object.keys(table));
  refuseOthers(parent, Object.keys(table));
}

/** Names the subcommands that exist where none, or an unknown one, was given. */
function refuseOthers(parent: Command, names: readonly string[]): void {
  parent
    .usage('[options] <subcommand>')
    .argument('[subcommand]')
    .allowExcessArguments()
    .action((given: string | undefined) => {
      const problem = given === undefined ? 'A subcommand is missing' : `Unknown subcommand ${given}`;
      parent.error(`${problem}. One of: ${names.join(', ')}.`, { exitCode: WRONG_USAGE });
    });
}

/** Commander begins its own messages with `error: ` and a small letter. */
function withoutPrefix(text: string): string {
  return text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase());
}
