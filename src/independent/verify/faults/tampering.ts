import type { Attack } from './attacks.ts';

/** One fault. It never holds a value or an identifier of a person. */
export interface Fault {
  readonly attack: Attack;
  /** The first entry that the fault is about; null where it is about none, e.g. a file that cannot be read. */
  readonly index: number | null;
  /** Set where only an interval is certain: it goes from the first entry up to but not including the last. */
  readonly interval: readonly [from: number, to: number] | null;
  /** A sentence that says what was seen, and where. */
  readonly detail: string;
  /** Set where this fault stands for several that differ in numbers only. */
  readonly alike?: { readonly count: number; readonly last: string };
}

/** Ends a pass over the export at its first fault. */
export class Tampering extends Error {
  override readonly name = 'Tampering';
  readonly fault: Fault;

  static of({ attack, index, detail, interval }: Fault): Tampering {
    return new Tampering(attack, index, detail, interval);
  }

  constructor(attack: Attack, index: number | null, detail: string, interval: Fault['interval'] = null) {
    super(detail);
    this.fault = { attack, index, interval, detail };
  }
}

/** The fault at which `pass` ended, or what it returned. */
export function faultOr<T>(pass: () => T): { readonly fault: Fault } | { readonly value: T } {
  try {
    return { value: pass() };
  } catch (error) {
    if (error instanceof Tampering) return { fault: error.fault };
    throw error;
  }
}
