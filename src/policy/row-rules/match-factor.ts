/** Further factors beside an identifier (the population register's three-factor key: id, full name, birth date). */
export interface MatchFactor {
  readonly fullName: string;
  readonly birthDate: string;
}

/**
 * Characters of a name that is compared at all. Unicode's canonical order is sought by insertion: a name of marks
 * alone, as long as a body may be, would hold the process for seconds, once for each subject.
 */
const LONGEST_NAME = 500;

/**
 * True where the factors fit the record. Names compare without case, spacing and tone position (`hòa`, `hoà`); a
 * register that knows the year or month only is compared that far.
 */
export function matchesPerson(factor: MatchFactor, fullName: string, birthDate: string): boolean {
  return (
    Math.max(factor.fullName.length, fullName.length) <= LONGEST_NAME &&
    normaliseName(factor.fullName) === normaliseName(fullName) &&
    (factor.birthDate === birthDate ||
      (birthDate.length < 10 && factor.birthDate.startsWith(`${birthDate}-`)))
  );
}

/** Equal for factors that fit the same records: other spellings of a name are no other try. */
export function canonicalFactor({ fullName, birthDate }: MatchFactor): string {
  const name = fullName.length > LONGEST_NAME ? '' : normaliseName(fullName);
  return JSON.stringify([name, birthDate.slice(0, LONGEST_NAME)]);
}

/** Tone marks, separated from their vowels by NFD: grave, acute, tilde, hook above, dot below. */
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

function normaliseName(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .split(/\s+/u)
    .filter((syllable) => syllable !== '')
    .map((syllable) => {
      const tones = syllable.match(TONES) ?? [];
      return syllable.replace(TONES, '') + tones.join('');
    })
    .join(' ');
}
