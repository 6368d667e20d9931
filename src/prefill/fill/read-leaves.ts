import type { FaultAbsence } from '../../errors.ts';
import { faultAt, type ExpandedAnswer, type FoundValue } from './answer-values.ts';

/** Chooses the rows of a list that a field means; `name` is the list's field. */
export type ChooseRows = (name: string, rows: readonly FoundValue[]) => readonly FoundValue[];

/** The ends of a path from one record: each a value, or null where a record on the way has none. */
export interface Leaves {
  readonly leaves: readonly (FoundValue | null)[];
  readonly fault: FaultAbsence | null;
}

/**
 * Follows a path from a record to its ends. Rows of a list are chosen before anything of them is read, so that all fields of a form take
 * the same row: otherwise the number of one card could stand beside the date of another.
 */
export function readLeaves(
  answer: ExpandedAnswer,
  from: FoundValue,
  names: readonly string[],
  choose: ChooseRows,
): Leaves {
  const leaves: (FoundValue | null)[] = [];
  let fault: FaultAbsence | null = null;
  const step = (at: FoundValue, index: number): void => {
    const { value } = at;
    if (value === null || value === undefined) {
      fault ??= faultAt(answer, at.path);
      leaves.push(null);
    } else if (index === names.length) {
      leaves.push(at);
    } else if (Array.isArray(value)) {
      const rows = choose(names[index - 1] ?? '', rowsOf(at));
      if (rows.length === 0) leaves.push(null);
      for (const row of rows) step(row, index);
    } else {
      step(below(at, names[index] ?? ''), index + 1);
    }
  };
  step(from, 0);
  return { leaves, fault };
}

/** The objects of a list, each at its place. */
export function rowsOf({ value, parents, path }: FoundValue): readonly FoundValue[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, row) =>
    item === null ? [] : [{ value: item, parents, path: [...path, row] }],
  );
}

/** A field of the object at a place. */
export function below({ value, parents, path }: FoundValue, name: string): FoundValue {
  const own = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  return { value: own[name], parents: [...parents, own], path: [...path, name] };
}

/** Chooses what is in force, then the newest: ended marriages and older cards are history. */
export function rowsInForce(rows: readonly FoundValue[]): readonly FoundValue[] {
  if (rows.length < 2) return rows;
  const open = rows.filter((row) => textOf(row, 'endedOn') === '');
  const inForce = open.length > 0 ? open : rows;
  const newest = inForce.map((row) => textOf(row, 'issuedOn')).reduce((a, b) => (b > a ? b : a), '');
  return newest === '' ? inForce : inForce.filter((row) => textOf(row, 'issuedOn') === newest);
}

function textOf(row: FoundValue, name: string): string {
  const { value } = below(row, name);
  return typeof value === 'string' ? value : '';
}
