import { Argument, Option, type Command } from 'commander';
import { UsageError } from './command-failure.ts';
import type { CommandResult } from './command-result.ts';
import type { EndOfError } from './command-end.ts';

/** An option with a value: `--out DIR`. */
interface TextOption {
  readonly value: string;
  readonly meaning: string;
  readonly default?: string;
}

/** An option with a value that may be given several times. */
interface ListOption extends TextOption {
  readonly repeats: true;
}

/** An option without a value: `--json`. */
interface FlagOption {
  readonly meaning: string;
}

/** The options of one subcommand by their names, without the two hyphens. */
export type OptionTable = Readonly<Record<string, TextOption | ListOption | FlagOption>>;

/** The values that a subcommand gets, by the names of its options. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { repeats: true }
    ? readonly string[]
    : Table[Name] extends { value: string; default: string }
      ? string
      : Table[Name] extends { value: string }
        ? string | undefined
        : boolean;
};

/** One subcommand of `ndg`. */
export interface Subcommand<Table extends OptionTable = OptionTable> {
  /** Printed by `--help` below the usage line; an empty line parts paragraphs. */
  readonly details: string;
  /** Printed by `--help` at its end, line by line as it is. */
  readonly appendix?: string;
  /** Commander's notation (`<dir>`, `[dir]`, `<dir...>`) with the meaning of each argument. */
  readonly arguments?: readonly (readonly [notation: string, meaning: string, choices?: readonly string[]])[];
  readonly options: Table;
  /** Errors that end this subcommand in a way of its own; every other error ends it as the runner says. */
  readonly endOf?: EndOfError;
  /** Exit status 1 is a verdict: a fault of the program itself must end with 2, and a closed pipe ends quietly. */
  readonly isJudging?: boolean;
  /** Prints by itself and resolves, or returns what is to be printed. */
  readonly run: (
    values: OptionValues<Table>,
    positionals: readonly string[],
  ) => CommandResult | void | Promise<CommandResult | void>;
}

/** A subcommand whose option types no longer matter: all the runner needs. */
export type AnySubcommand = Omit<Subcommand, 'run'> & {
  run(values: never, positionals: readonly string[]): ReturnType<Subcommand['run']>;
};

/** Gives `run` the types of the options beside it. */
export function buildSubcommand<const Table extends OptionTable>(
  definition: Subcommand<Table>,
): AnySubcommand {
  return definition;
}

/** Adds description, arguments and options of the subcommand to Commander's command. */
export function describeCommand(command: Command, { details, options, ...rest }: AnySubcommand): void {
  command.description(details.replaceAll(/(?<!\n)\n(?!\n)/g, ' '));
  if (rest.appendix !== undefined) command.addHelpText('after', `\n${rest.appendix}`);
  for (const [notation, meaning, choices] of rest.arguments ?? []) {
    const argument = new Argument(notation, meaning);
    command.addArgument(choices ? argument.choices(choices) : argument);
  }
  for (const [name, option] of Object.entries(options)) command.addOption(optionOf(name, option));
}

function optionOf(name: string, option: TextOption | ListOption | FlagOption): Option {
  if (!('value' in option)) return new Option(`--${name}`, option.meaning);
  const built = new Option(`--${name} <${option.value}>`, option.meaning);
  if ('repeats' in option) {
    return built.argParser((value: string, before: readonly string[] = []) => [...before, value]);
  }
  return option.default === undefined ? built : built.default(option.default);
}

/** Values by the options' own names: Commander spells `key-id` as `keyId`. */
export function valuesOf(command: Command, options: OptionTable): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    command.options.flatMap((built) => {
      const name = built.name();
      const option = options[name];
      if (!option) return [];
      const value: unknown = command.getOptionValue(built.attributeName());
      const absent = 'repeats' in option ? [] : 'value' in option ? undefined : false;
      return [[name, value ?? absent]];
    }),
  );
}

/**
 * Throws UsageError where the value of an option begins with a hyphen: in `--out --json` the value was forgotten.
 * `--out=--json` means it.
 */
export function assertValuesGiven(command: Command, given: readonly string[]): void {
  const end = given.indexOf('--');
  for (const [at, name] of given.slice(0, end < 0 ? given.length : end).entries()) {
    const takesValue = command.options.some((option) => option.required && option.long === name);
    const value = given[at + 1];
    if (takesValue && value !== undefined && value.length > 1 && value.startsWith('-')) {
      throw new UsageError(`The value of ${name} is missing; write ${name}=${value} if ${value} is meant.`);
    }
  }
}
