/** The parts of the gateway that the live state asks at each look. */
export interface LiveSources {
  readonly instance: string;
  /** Names in the law by register. */
  readonly registerNames: ReadonlyMap<string, string>;
  /** State of a register's circuit breaker. */
  readonly circuitOf: (register: string) => string;
  readonly isLogHealthy: () => boolean;
  readonly hasWitness: boolean;
  /** The registered client behind an office; null where there is none any more. */
  readonly officeOf: (client: string) => RegisteredOffice | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An office as it is registered: its name, and where it works. */
export interface RegisteredOffice {
  readonly name: string;
  readonly unit: string | null;
  readonly province: string | null;
}
