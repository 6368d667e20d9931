import type { ValueDecider } from './value-decider.ts';

/** The inputs of an operation's decision beside its text and the agreement. They are enough to decide it again (replay.ts). */
export interface OperationInputs {
  /**
   * For each restricted argument, in the order of the selection: `1` its value was one that the agreement allows, `0` it was
   * not. Empty where none is restricted, and where the operation was refused before they were looked at.
   */
  readonly arguments: string;
  /** Values of the variables of `@include` and `@skip`, by their name in the operation's text. */
  readonly conditions: Readonly<Record<string, boolean>>;
  /** Place of the operation in its document, from 0. */
  readonly index: number;
}

/** Decides, and notes what was decided. */
export function noteDecisions(values: ValueDecider): {
  readonly values: ValueDecider;
  readonly noted: () => string;
} {
  let noted = '';
  return {
    values: (allowed, node) => {
      const isAllowed = values(allowed, node);
      noted += isAllowed ? '1' : '0';
      return isAllowed;
    },
    noted: () => noted,
  };
}

/** Decides as was noted; `isUsedUp` tells afterwards whether as much was asked, no more and no less. */
export function repeatDecisions(noted: string): {
  readonly values: ValueDecider;
  readonly isUsedUp: () => boolean;
} {
  let place = 0;
  return {
    values: () => noted[place++] === '1',
    isUsedUp: () => place === noted.length,
  };
}
