import { blockNumber, type BlockKey } from './identifiers/block-key.ts';
import type { Block, Business, Certificate, Circle } from './model/block.ts';
import type { Household, Neighbourhood, Parcel, Person } from './model/block.ts';
import { generateCircle } from './model/generate-circle.ts';
import type { CivilStatusRecord } from './civil-status-records.ts';
import type { BusinessRecord, CertificateRecord } from './records.ts';
import type { HouseholdRecord, ParcelRecord, PopulationRecord } from './records.ts';
import type { Territory } from './territory.ts';

/** A circle of blocks with its items by their identifiers, and the records already made of them. */
export interface IndexedCircle {
  readonly circle: Circle;
  readonly persons: ReadonlyMap<string, Person>;
  readonly households: ReadonlyMap<string, Household>;
  readonly businesses: ReadonlyMap<string, Business>;
  readonly parcels: ReadonlyMap<string, Parcel>;
  readonly certificates: ReadonlyMap<string, Certificate>;
  readonly made: {
    readonly population: Map<string, PopulationRecord>;
    readonly households: Map<string, HouseholdRecord>;
    readonly civilStatus: Map<string, CivilStatusRecord>;
    readonly businesses: Map<string, BusinessRecord>;
    readonly parcels: Map<string, ParcelRecord>;
    readonly certificates: Map<string, CertificateRecord>;
  };
}

function indexCircle(circle: Circle): IndexedCircle {
  const { blocks } = circle;
  const all = <T>(itemsOf: (block: Block) => readonly T[], keyOf: (item: T) => string): Map<string, T> =>
    new Map(blocks.flatMap(itemsOf).map((item) => [keyOf(item), item]));
  return {
    circle,
    persons: all(
      ({ persons }) => persons,
      ({ id }) => id,
    ),
    households: all(
      ({ households }) => households,
      ({ fileNo }) => fileNo,
    ),
    businesses: all(
      ({ businesses }) => businesses,
      ({ code }) => code,
    ),
    parcels: all(
      ({ parcels }) => parcels,
      ({ id }) => id,
    ),
    certificates: all(
      ({ certificates }) => certificates,
      ({ serial }) => serial,
    ),
    made: {
      population: new Map(),
      households: new Map(),
      civilStatus: new Map(),
      businesses: new Map(),
      parcels: new Map(),
      certificates: new Map(),
    },
  };
}

/** The block of a circle that is a neighbourhood's. */
export function blockOf({ blocks }: Circle, { key }: Neighbourhood): Block {
  const block = blocks.find((one) => one.key === key);
  if (block === undefined) throw new Error('a block of another circle');
  return block;
}

/** The circles used last; others are generated again when they are asked for. */
export class BlockStore {
  readonly #seed: number;
  readonly #territory: Territory;
  readonly #capacity: number;
  readonly #circles = new Map<number, IndexedCircle>();

  /** A circle has two blocks: half as many circles as blocks are kept, one at least. */
  constructor(seed: number, territory: Territory, blocks: number) {
    this.#seed = seed;
    this.#territory = territory;
    this.#capacity = Math.max(1, Math.floor(blocks / 2));
  }

  /** The number of blocks in memory. */
  get kept(): number {
    let blocks = 0;
    for (const { circle } of this.#circles.values()) blocks += circle.blocks.length;
    return blocks;
  }

  /** undefined where the country has no such block. */
  get(key: BlockKey | undefined): IndexedCircle | undefined {
    if (key === undefined || !this.#territory.has(key)) return undefined;
    const keys = this.#territory.circleOf(key);
    const number = blockNumber(keys[0] ?? key);
    const held = this.#circles.get(number);
    const indexed = held ?? indexCircle(generateCircle(this.#seed, keys, this.#territory.communeOf));
    // A map keeps the order of insertion: the first key is the one used longest ago.
    if (held !== undefined) this.#circles.delete(number);
    else if (this.#circles.size >= this.#capacity) {
      const oldest = this.#circles.keys().next();
      if (oldest.done !== true) this.#circles.delete(oldest.value);
    }
    this.#circles.set(number, indexed);
    return indexed;
  }
}
