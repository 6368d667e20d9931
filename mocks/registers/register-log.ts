/**
 * A line of a register's own log: who asked for what (Circular 46/2022 art. 8 obliges both sides to keep logs).
 */
export interface RegisterLogLine {
  /** ISO 8601. */
  readonly time: string;
  readonly requestId: string;
  readonly client: string;
  readonly purpose: string;
  readonly operation: string;
  readonly kind: string;
  readonly key: string;
  readonly officer: string;
  readonly dossier: string;
}

export interface RegisterLog {
  /** Calls of the register's API since the last `clear()`, refused ones included; not bounded. */
  readonly calls: number;
  countCall(): void;
  add(line: RegisterLogLine): void;
  /** Oldest first; at most the bound. */
  entries(): readonly RegisterLogLine[];
  clear(): void;
}

/** Keeps a log in memory; only the last `bound` lines stay. */
export function buildRegisterLog(bound = 200_000): RegisterLog {
  let lines: RegisterLogLine[] = [];
  let calls = 0;
  return {
    get calls() {
      return calls;
    },
    countCall() {
      calls += 1;
    },
    add(line) {
      lines.push(line);
      // Trimmed in steps: shifting the array for every line would cost more than the line.
      if (lines.length > bound * 1.25) lines = lines.slice(-bound);
    },
    entries() {
      return lines.length > bound ? lines.slice(-bound) : [...lines];
    },
    clear() {
      lines = [];
      calls = 0;
    },
  };
}
