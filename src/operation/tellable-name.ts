const LONGEST_NAME = 64;
const NINE_DIGITS = /\d{9}/;

/** True for a text with nine digits in a row: they may be somebody's identifier, also in a name that the client made up. */
export function mayHoldIdentifier(text: string): boolean {
  return NINE_DIGITS.test(text);
}

/** True where a name that the client chose may stand in a message or in the access log. */
export function isTellableName(name: string): boolean {
  return name.length <= LONGEST_NAME && !mayHoldIdentifier(name);
}
