const NINE_DIGITS = /\d{9}/;

/** Nine digits or more may be somebody's identifier, also in a name or an id that the client made up. */
export function mayHoldIdentifier(text: string): boolean {
  return NINE_DIGITS.test(text);
}
const LONGEST = 64;

/** True where a name that the client chose may stand in a message or in the access log. */
export function isTellableName(name: string): boolean {
  return name.length <= LONGEST && !mayHoldIdentifier(name);
}
