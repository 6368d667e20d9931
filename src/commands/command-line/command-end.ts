/** Message and exit status with which an error ends a command. Status 2 adds the command's help. */
export interface CommandEnd {
  readonly status: 1 | 2;
  readonly message: string;
}

/** Tells how an error ends a command. Null for a fault of the program itself, whose trace is wanted. */
export type EndOfError = (error: unknown) => CommandEnd | null;
