import { hash } from '../country/random.ts';

/** Another seed gives the shapes to other records. With this one the few records that tests/mocks/ spells out are plain. */
const SHAPE_SEED = 1_064_049;

/**
 * Public clients of the real registers show more than one shape for the same content (WIRE.md). A mocked register sends each
 * shape for a small share of its records, by their keys alone, so that a record has the same shape in every run.
 */
export function isOneIn(count: number, key: string, salt: number): boolean {
  return (
    hash(SHAPE_SEED, salt, ...Array.from(key, (character) => character.codePointAt(0) ?? 0)) % count === 0
  );
}

/** The share of records with one shape: small enough for plain records to be the rule, large enough for random tests to meet it. */
export const SHAPE_SHARE = 16;

const SALTS = {
  'empty-element': 1,
  'nil-element': 2,
  'null-value': 3,
  'empty-text': 4,
  'lone-element': 5,
  'coded-element': 6,
  'unit-alone': 7,
  'empty-district': 8,
  'date-time': 9,
  'trailing-comment': 11,
  'lone-row': 12,
  'empty-refusals': 13,
} as const;
export type WireShape = keyof typeof SALTS;

export function hasShape(key: string, shape: WireShape): boolean {
  return isOneIn(SHAPE_SHARE, key, SALTS[shape]);
}

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** How the record of this key writes an element for which it has nothing: left out, empty, or marked by `xsi:nil`. */
export function leftOutElement(key: string): (name: string) => string {
  if (hasShape(key, 'empty-element')) return (name) => `<${name}/>`;
  if (hasShape(key, 'nil-element')) return (name) => `<${name} ${XSI} xsi:nil="true"/>`;
  return () => '';
}

export interface JsonShape {
  /** Stands for a value that the record does not have; `undefined` leaves the property out. */
  readonly absent: undefined | null | '';
  /** A list, or its one element without the list; an empty list may be null. */
  list<T>(items: readonly T[]): readonly T[] | T | null;
}

/** How the record of this key writes what it does not have, and its lists. */
export function jsonShapeOf(key: string): JsonShape {
  const isLone = hasShape(key, 'lone-element');
  return {
    absent: hasShape(key, 'null-value') ? null : hasShape(key, 'empty-text') ? '' : undefined,
    list(items) {
      if (!isLone) return items;
      const [first = null, second] = items;
      return second === undefined ? first : items;
    },
  };
}

/** The JSON of the rows of a batch: one row may stand without its list. */
export function rowsJson(keys: readonly string[], rows: readonly string[]): string {
  const [key, ...others] = keys;
  const isLone = key !== undefined && others.length === 0 && hasShape(key, 'lone-row');
  return isLone ? rows.join('') : `[${rows.join(',')}]`;
}

/** A row's property `name` for refusals; where nobody is refused it may be null or an empty list. */
export function refusalsJson(key: string, name: string, refusals: readonly object[]): string {
  if (refusals.length > 0) return `,"${name}":${JSON.stringify(refusals)}`;
  if (hasShape(key, 'empty-refusals')) return `,"${name}":[]`;
  return hasShape(key, 'null-value') ? `,"${name}":null` : '';
}

/** The JSON of a record's list of whole records; one of them may stand without the list, and none as null. */
export function loneListJson(key: string, items: readonly string[]): string {
  return hasShape(key, 'lone-element') && items.length < 2 ? (items[0] ?? 'null') : `[${items.join(',')}]`;
}
