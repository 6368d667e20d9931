/** The text that a command prints, and its exit status. */
export interface CommandResult {
  /** Standard output, without the newline at its end. */
  readonly output: string;
  /** 0; 1 where the command found a fault in what it was given; 3 where it found none, and not all that was asked for. */
  readonly status: 0 | 1 | 3;
}
