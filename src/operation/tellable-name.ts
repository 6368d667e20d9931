/** Nine digits or more may be somebody's identifier, also in a name that the client made up. */
const DIGITS = /\d{9}/;
const LONGEST = 64;

/** True where a name of the client's own may stand in a message or on record. */
export function isTellableName(name: string): boolean {
  return name.length <= LONGEST && !DIGITS.test(name);
}
