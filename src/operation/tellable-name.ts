const LONGEST_NAME = 64;
const NINE_DIGITS = /\d{9}/;

/** True for a text with nine digits in a row: they may be somebody's identifier, also in a name that the client made up. */
export function mayHoldIdentifier(text: string): boolean {
  return NINE_DIGITS.test(text);
}

/** True where a name of the client's own may stand in a message or on record. */
export function isTellableName(name: string): boolean {
  return name.length <= LONGEST_NAME && !mayHoldIdentifier(name);
}
