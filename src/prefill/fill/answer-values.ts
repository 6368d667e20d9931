import { prefillAbsenceOf, type ErrorCode, type FaultAbsence } from '../../errors.ts';

/** A value of the expanded answer, with the objects it stands in from the outside in, and its row in the first list on the way. */
export interface FoundValue {
  readonly value: unknown;
  readonly parents: readonly Readonly<Record<string, unknown>>[];
  readonly path: readonly (string | number)[];
}

/** An answer to the expanded operation. */
export interface ExpandedAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly { readonly code: ErrorCode; readonly path: readonly (string | number)[] }[];
}

/** Values at a path, and why there are no more of them. */
export interface Walk {
  readonly found: readonly FoundValue[];
  /** The absence of the first fault on the way; null where nothing failed. */
  readonly fault: FaultAbsence | null;
}

/** The record at a root of the expanded operation. */
export function rootOf({ data }: ExpandedAnswer, name: string): FoundValue {
  return { value: data[name] ?? null, parents: [], path: [name] };
}

/** Follows a path of field names from a place, through every item of the lists on the way. Values that are null are left out. */
export function walkAnswer(answer: ExpandedAnswer, from: FoundValue, names: readonly string[]): Walk {
  const found: FoundValue[] = [];
  let fault: FaultAbsence | null = null;
  const step = (at: FoundValue, index: number): void => {
    const { value, parents, path } = at;
    if (value === null || value === undefined) {
      fault ??= faultAt(answer, path);
    } else if (Array.isArray(value)) {
      // A list of texts is one value; a list of objects has rows.
      if (index === names.length && value.every((item) => typeof item !== 'object')) {
        if (value.length > 0) found.push(at);
        return;
      }
      value.forEach((item, row) => step({ value: item, parents, path: [...path, row] }, index));
    } else if (index === names.length) {
      found.push(at);
    } else if (typeof value === 'object') {
      const own = value as Readonly<Record<string, unknown>>;
      const name = names[index] ?? '';
      step({ value: own[name], parents: [...parents, own], path: [...path, name] }, index + 1);
    }
  };
  step(from, 0);
  return { found, fault };
}

/** The absence of the first fault at a place or above it; null where nothing failed. */
export function faultAt({ errors }: ExpandedAnswer, path: readonly (string | number)[]): FaultAbsence | null {
  const error = errors.find((one) => one.path.every((part, index) => part === path[index]));
  return error ? prefillAbsenceOf(error.code) : null;
}

/** Prints a value. An object of which the path ends stands for its printed text. */
export function printedValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(printedValue).join('; ');
  if (typeof value === 'object' && value !== null) {
    const { full, name, personalId, vi } = value as Readonly<Record<string, unknown>>;
    return printedValue(full ?? name ?? vi ?? personalId ?? '');
  }
  return String(value);
}
