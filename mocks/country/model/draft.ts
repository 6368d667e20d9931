import { communesOf, type Commune } from '../../../src/units/communes.ts';
import { findProvince } from '../../../src/units/provinces.ts';
import { dayOf, isoDate, yearOf, type Day } from '../calendar.ts';
import type { BlockKey } from '../identifiers/block-key.ts';
import { PREFIXES } from '../prefixes.ts';
import { hash, Random } from '../random.ts';
import type { Address } from '../records.ts';
import { REFERENCE_DATE } from '../reference.ts';
import type { BlockPlan, Entry, Neighbourhood, Person } from './block.ts';

export const TODAY: Day = dayOf(REFERENCE_DATE);

/** A block while it is generated: one random sequence that every step draws from in a fixed order. */
export interface Draft extends Neighbourhood {
  readonly seed: number;
  readonly neighbourhood: Neighbourhood;
  readonly random: Random;
  readonly persons: Person[];
  /** Ids given so far for each sex and birth year. */
  readonly idCounters: Map<number, number>;
}

/** The blocks of a circle while they are generated, and one more random sequence for what happens between them. */
export interface CircleDraft {
  readonly random: Random;
  readonly drafts: readonly Draft[];
}

export function draftOf({ drafts }: CircleDraft, neighbourhood: Neighbourhood): Draft {
  const draft = drafts.find((one) => one.neighbourhood === neighbourhood);
  if (draft === undefined) throw new Error('a neighbourhood of another circle');
  return draft;
}

export function startDraft(seed: number, key: BlockKey, plan: BlockPlan, home: Commune): Draft {
  const prefix = PREFIXES[key.prefixIndex];
  if (prefix === undefined) throw new Error('a block of no prefix');
  const random = new Random(hash(seed, key.prefixIndex, key.index));
  const origin =
    home.provinceCode === prefix.provinceCode ? home : random.pick(communesOf(prefix.provinceCode));
  const neighbourhood = { key, plan, region: prefix.region, home, origin };
  return {
    ...neighbourhood,
    seed,
    neighbourhood,
    random,
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
