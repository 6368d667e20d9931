import { blockNumber, type BlockKey } from './identifiers/block-key.ts';
import type { Block, Business, Certificate, Household, Parcel, Person } from './model/block.ts';
import { generateBlock } from './model/generate-block.ts';
import type { CivilStatusRecord } from './civil-status-records.ts';
import type { BusinessRecord, CertificateRecord } from './records.ts';
import type { HouseholdRecord, ParcelRecord, PopulationRecord } from './records.ts';
import type { Territory } from './territory.ts';

/** A block with its items by their identifiers, and the records already made of them. */
export interface IndexedBlock {
  readonly block: Block;
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

function indexBlock(block: Block): IndexedBlock {
  return {
    block,
    persons: new Map(block.persons.map((person) => [person.id, person])),
    households: new Map(block.households.map((household) => [household.fileNo, household])),
    businesses: new Map(block.businesses.map((business) => [business.code, business])),
    parcels: new Map(block.parcels.map((parcel) => [parcel.id, parcel])),
    certificates: new Map(block.certificates.map((certificate) => [certificate.serial, certificate])),
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

/** The blocks used last; others are generated again when they are asked for. */
export class BlockStore {
  readonly #seed: number;
  readonly #territory: Territory;
  readonly #capacity: number;
  readonly #blocks = new Map<number, IndexedBlock>();

  constructor(seed: number, territory: Territory, capacity: number) {
    this.#seed = seed;
    this.#territory = territory;
    this.#capacity = capacity;
  }

  /** The number of blocks in memory. */
  get kept(): number {
    return this.#blocks.size;
  }

  /** undefined where the country has no such block. */
  get(key: BlockKey | undefined): IndexedBlock | undefined {
    if (key === undefined || !this.#territory.has(key)) return undefined;
    const number = blockNumber(key);
    const held = this.#blocks.get(number);
    const indexed = held ?? indexBlock(generateBlock(this.#seed, key, this.#territory.communeOf(key)));
    // A map keeps the order of insertion: the first key is the one used longest ago.
    if (held !== undefined) this.#blocks.delete(number);
    else if (this.#blocks.size >= this.#capacity) {
      const oldest = this.#blocks.keys().next();
      if (oldest.done !== true) this.#blocks.delete(oldest.value);
    }
    this.#blocks.set(number, indexed);
    return indexed;
  }
}
