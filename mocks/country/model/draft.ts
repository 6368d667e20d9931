import { communesOf, type Commune } from '../../../src/units/communes.ts';
import { findProvince } from '../../../src/units/provinces.ts';
import { dayOf, isoDate, yearOf, type Day } from '../calendar.ts';
import type { BlockKey } from '../identifiers/block-key.ts';
import { PREFIXES, type Region } from '../prefixes.ts';
import { hash, Random } from '../random.ts';
import type { Address } from '../records.ts';
import { REFERENCE_DATE } from '../reference.ts';
import type { BlockPlan, Entry, Person } from './block.ts';

export const TODAY: Day = dayOf(REFERENCE_DATE);

/** A block while it is generated: one random sequence that every step draws from in a fixed order. */
export interface Draft {
  readonly seed: number;
  readonly key: BlockKey;
  readonly plan: BlockPlan;
  readonly random: Random;
  readonly region: Region;
  readonly home: Commune;
  readonly origin: Commune;
  readonly persons: Person[];
  /** Ids given so far for each sex and birth year. */
  readonly idCounters: Map<number, number>;
}

export function startDraft(seed: number, key: BlockKey, plan: BlockPlan, home: Commune): Draft {
  const prefix = PREFIXES[key.prefixIndex];
  if (prefix === undefined) throw new Error('a block of no prefix');
  const random = new Random(hash(seed, key.prefixIndex, key.index));
  const origin =
    home.provinceCode === prefix.provinceCode ? home : random.pick(communesOf(prefix.provinceCode));
  return {
    seed,
    key,
    plan,
    random,
    region: prefix.region,
    home,
    origin,
    persons: [],
    idCounters: new Map(),
  };
}

export function addressIn(commune: Commune, detail: string): Address {
  return {
    detail,
    communeCode: commune.code,
    communeName: commune.name,
    provinceCode: commune.provinceCode,
    provinceName: findProvince(commune.provinceCode)?.name ?? '',
  };
}

/** The committee that keeps a commune's civil-status books. */
export function officeOf(commune: Commune): Address {
  return addressIn(commune, `UBND ${commune.name}`);
}

/** An entry some days after an event, never after today. */
export function enter(
  random: Random,
  event: Day,
  delay: number,
  kind: Entry['kind'],
  office: Commune,
): Entry {
  return {
    number: random.between(1, 480),
    book: random.between(1, 3),
    registeredOn: Math.min(TODAY, event + delay),
    kind,
    office,
  };
}

/** `120/2023`, and the book's `01/2023`, as certificates print them. */
export function entryNumbers(entry: Entry): {
  entryNo: string;
  bookNo: string;
  pageNo: string;
  registeredOn: string;
} {
  const year = yearOf(entry.registeredOn);
  return {
    entryNo: `${entry.number}/${year}`,
    bookNo: `0${entry.book}/${year}`,
    pageNo: String(entry.number),
    registeredOn: isoDate(entry.registeredOn),
  };
}
