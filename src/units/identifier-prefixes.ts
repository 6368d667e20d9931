import { FORMER_PROVINCES } from './former-provinces.ts';

/**
 * Personal ids begin with the province of birth registration as it was before 1 July 2025 (Decree 137/2015 art. 13,
 * Circular 07/2016/TT-BCA art. 7). The 63 prefixes stay valid for ever; each belongs to one province of today.
 */
export interface IdentifierPrefix {
  /** Three digits: the former province's code after a zero. */
  readonly prefix: string;
  /** The province's name until 30 June 2025, with its kind. */
  readonly formerName: string;
  /** Today's province, a code of provinces.ts. */
  readonly provinceCode: string;
}

/** The 63 prefixes in ascending order. */
export const IDENTIFIER_PREFIXES: readonly IdentifierPrefix[] = FORMER_PROVINCES.map(
  ({ code, name, provinceCode }) => ({ prefix: `0${code}`, formerName: name, provinceCode }),
);

const byPrefix = new Map(IDENTIFIER_PREFIXES.map((entry) => [entry.prefix, entry]));

/**
 * Finds the entry for a personal id's first three digits; undefined where no former province has that prefix (a
 * country may have it).
 */
export function findIdentifierPrefix(prefix: string): IdentifierPrefix | undefined {
  return byPrefix.get(prefix);
}
