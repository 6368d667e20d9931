/** The country's "today": ages, minority and terms are counted at this date, never at the clock's. */
export const REFERENCE_DATE = '2026-11-01';

/** Every process that builds the country without options builds this one. */
export const DEFAULT_SEED = 20261101;
export const DEFAULT_PERSONS = 1_000_000;

/** Persons of a block on average (living and dead); a block is generated whole. */
export const PERSONS_PER_BLOCK = 64;

/** Bound by the personal id: five free digits for 25,000 blocks and four persons of the same sex and year. */
export const MAX_BLOCKS_PER_PREFIX = 25_000;
export const SAME_YEAR_PERSONS = 4;

/** Modelled: each register's data is as old as its last transfer. */
export const AS_OF = {
  population: '2026-11-01',
  civilStatus: '2026-10-31',
  business: '2026-10-30',
  land: '2026-10-28',
} as const;
