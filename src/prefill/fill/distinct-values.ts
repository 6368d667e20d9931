import { printedValue, type FoundValue } from './answer-values.ts';
import { property } from './find-party.ts';

/** The values among the ends of a path, each once by its printed text. */
export function distinct(leaves: readonly (FoundValue | null)[]): readonly FoundValue[] {
  const found = leaves.flatMap((one) => (one === null || isEmpty(one) ? [] : [one]));
  return [...new Map(found.map((one) => [printedValue(one.value), one])).values()];
}

/** Whether an end of a path has no value, or one that prints as nothing. */
export function isEmpty(leaf: FoundValue | null): boolean {
  return leaf === null || printedValue(leaf.value) === '';
}

/** Whether a row is about a person: the row itself, or the record that it leads to. */
export function isAbout(row: unknown, personalId: string): boolean {
  return (
    property(row, 'personalId') === personalId ||
    property(property(row, 'person'), 'personalId') === personalId
  );
}
