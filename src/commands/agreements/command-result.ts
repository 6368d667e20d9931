/** What a command prints and ends with. */
export interface CommandResult {
  readonly output: string;
  /** 0, or 1 where something is wrong with what was given. */
  readonly status: 0 | 1;
}

/** The arguments cannot be meant; the message is for whoever typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was given cannot be used; the message says why. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}

/** The only positional argument. Throws UsageError. */
export function onlyOne(positionals: readonly string[], name: string): string {
  const [value] = positionals;
  if (value === undefined || positionals.length > 1) throw new UsageError(`One ${name} is needed.`);
  return value;
}
