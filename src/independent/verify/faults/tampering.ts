import type { Attack } from './attacks.ts';

/** One thing that is wrong. Never a value or an identifier of a person. */
export interface Fault {
  readonly attack: Attack;
  /** First entry that it is about; null where it is about none (a file that cannot be read). */
  readonly index: number | null;
  /** Where only an interval is certain: from its first entry up to but not its last. */
  readonly interval: readonly [from: number, to: number] | null;
  /** What was seen where. */
  readonly detail: string;
  /** It stands for so many that differ in numbers only; absent: for itself. */
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
