import type { Limits } from '../../config/limits.ts';
import { comparableName } from '../../units/names/letters.ts';

/** Further factors beside an identifier (the population register's three-factor key: id, full name, birth date). */
export interface MatchFactor {
  readonly fullName: string;
  readonly birthDate: string;
}

export const FACTOR_NAME_LIMITS = {
  nameLength: {
    value: 500,
    unit: 'characters',
    why: 'A longer name is not compared: Unicode order is sought by insertion, which takes seconds for a name of marks alone.',
  },
} as const satisfies Limits;

/**
 * True where the factors fit the record. Names compare without case, spacing, tone position (`hòa`, `hoà`) and look-alike letters; a
 * register that knows the year or month only is compared that far.
 */
export function matchesPerson(factor: MatchFactor, fullName: string, birthDate: string): boolean {
  return (
    Math.max(factor.fullName.length, fullName.length) <= FACTOR_NAME_LIMITS.nameLength.value &&
    comparableName(factor.fullName) === comparableName(fullName) &&
    (factor.birthDate === birthDate ||
      (birthDate.length < 10 && factor.birthDate.startsWith(`${birthDate}-`)))
  );
}

/** Equal for factors that fit the same records: other spellings of a name are no other try. */
export function canonicalFactor({ fullName, birthDate }: MatchFactor): string {
  const name = fullName.length > FACTOR_NAME_LIMITS.nameLength.value ? '' : comparableName(fullName);
  return JSON.stringify([name, birthDate.slice(0, FACTOR_NAME_LIMITS.nameLength.value)]);
}
