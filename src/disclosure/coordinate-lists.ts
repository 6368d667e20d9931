import type { Limits } from '../config/limits.ts';
/** Coordinates without repetition, and the lists that adding others has led to so far. */
export interface CoordinateList {
  readonly coordinates: readonly string[];
  readonly grown: Map<readonly string[], CoordinateList>;
}

/** A note's fields, of which each names its coordinate and the place of its record among the origins. */
type Fields = readonly ({ readonly coordinate: string; readonly origin: number } | null)[];

interface Placing {
  readonly fields: Fields;
  /** Indexes of fields that do not stand in the answer; null: all do. */
  readonly omitted: ReadonlySet<number> | null;
  /** Indexes of fields that say that there is nothing; what is omitted too is only that. */
  readonly empty: ReadonlySet<number> | null;
}

/** Coordinates by the place of their record among the origins; no element where there are none of it. */
export type PlacedCoordinates = readonly (readonly string[] | undefined)[];

/** The fields of one object that stand in the answer. */
export interface PlacedFields {
  readonly values: PlacedCoordinates;
  /** Without any element where there is nothing of the kind. */
  readonly empty: PlacedCoordinates;
}

/** Two masks together stay a whole number. */
const MASK_BITS = 26;

export const COORDINATE_LIST_LIMITS = {
  lists: {
    value: 2_000,
    unit: 'lists',
    why: 'Variants of one plan are few. If odd data make many, the lists start over.',
  },
} as const satisfies Limits;

/**
 * Lists of coordinates, each made once a plan: its citizens share a few of them, so that merging a note costs a
 * look-up instead of a set insertion a field, and what is alike is the same object.
 */
export class CoordinateLists {
  none: CoordinateList = { coordinates: [], grown: new Map() };
  #count = 0;
  #placed = new Map<Fields, Map<number | string, PlacedFields>>();

  /** Between answers: within one, lists must stay what they are. */
  trim(): void {
    if (this.#count <= COORDINATE_LIST_LIMITS.lists.value) return;
    this.none = { coordinates: [], grown: new Map() };
    this.#placed = new Map();
    this.#count = 0;
  }

  /** `list` with all of `added`; itself where it has them already. */
  grow(list: CoordinateList, added: readonly string[]): CoordinateList {
    let grown = list.grown.get(added);
    if (!grown) {
      this.#count += 1;
      const coordinates = new Set([...list.coordinates, ...added]);
      grown =
        coordinates.size === list.coordinates.length
          ? list
          : { coordinates: [...coordinates], grown: new Map() };
      list.grown.set(added, grown);
    }
    return grown;
  }

  placedOf({ fields, omitted, empty }: Placing): PlacedFields {
    let variants = this.#placed.get(fields);
    if (!variants) this.#placed.set(fields, (variants = new Map()));
    const variant = variantOf(fields, omitted, empty);
    let placed = variants.get(variant);
    if (!placed) {
      this.#count += 1;
      variants.set(variant, (placed = placedFields({ fields, omitted, empty })));
    }
    return placed;
  }
}

function placedFields({ fields, omitted, empty }: Placing): PlacedFields {
  const values: string[][] = [];
  const none: string[][] = [];
  for (const [index, field] of fields.entries()) {
    if (!field || omitted?.has(index)) continue;
    const placed = empty?.has(index) ? none : values;
    (placed[field.origin] ??= []).push(field.coordinate);
  }
  return { values, empty: none };
}

function variantOf(
  { length }: Fields,
  omitted: ReadonlySet<number> | null,
  empty: ReadonlySet<number> | null,
): number | string {
  if (!omitted && !empty) return 0;
  if (length > MASK_BITS) return `${listed(omitted)} ${listed(empty)}`;
  return maskOf(omitted, length) * 2 ** MASK_BITS + maskOf(empty, length);
}

function listed(indexes: ReadonlySet<number> | null): string {
  return indexes ? [...indexes].sort((left, right) => left - right).join() : '';
}

function maskOf(indexes: ReadonlySet<number> | null, length: number): number {
  let mask = 0;
  if (indexes) for (const index of indexes) if (index >= 0 && index < length) mask |= 1 << index;
  return mask;
}
