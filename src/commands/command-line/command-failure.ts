/** The arguments of a command are wrong; the message says what is expected. The command ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The arguments are right, but what they name cannot be used; the message says why. The command ends with status 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
