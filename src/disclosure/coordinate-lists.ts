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
}

const MASK_BITS = 31;

/** Variants of one plan are few; whoever makes many by odd data starts over. */
const MOST_LISTS = 2_000;

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
    if (this.#count <= MOST_LISTS) return;
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

  /** What of an object stands in the answer, by origin; origins without such a field have no element. */
  placedOf({ fields, omitted }: Placing): PlacedFields {
    let variants = this.#placed.get(fields);
    if (!variants) this.#placed.set(fields, (variants = new Map()));
    const variant = variantOf(fields, omitted);
    let placed = variants.get(variant);
    if (!placed) {
      this.#count += 1;
      variants.set(variant, (placed = placedFields(fields, omitted)));
    }
    return placed;
  }
}

type PlacedFields = readonly (readonly string[] | undefined)[];

function placedFields(fields: Fields, omitted: ReadonlySet<number> | null): PlacedFields {
  const placed: string[][] = [];
  for (const [index, field] of fields.entries()) {
    if (field && !omitted?.has(index)) (placed[field.origin] ??= []).push(field.coordinate);
  }
  return placed;
}

function variantOf(fields: Fields, omitted: ReadonlySet<number> | null): number | string {
  if (!omitted) return 0;
  if (fields.length > MASK_BITS) return [...omitted].sort((left, right) => left - right).join();
  let mask = 0;
  for (const index of omitted) if (index >= 0 && index < fields.length) mask |= 1 << index;
  return mask;
}
