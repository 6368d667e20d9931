/**
 * Control characters (C0, C1, newlines too), such as turn the direction of writing or are not seen, and halves of
 * characters: what comes from a file must not move the cursor, colour a verdict or begin a line of its own.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const NEWLINE = '\n';

/** Makes one line of a report, with escapes as JSON has them. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeOf);
}

/**
 * Escapes JSON, whose own newlines stay. Elsewhere such characters stand in strings alone, where an escape means the
 * same.
 */
export function printableJson(json: unknown): string {
  return JSON.stringify(json, undefined, 2).replace(UNPRINTABLE, (one) =>
    one === NEWLINE ? one : escapeOf(one),
  );
}

/** A value among words: as it is where it is one word, else in quotes, so that it does not pass for the words around it. */
export function quoted(value: string): string {
  return /^[\p{L}\p{M}\p{N}._@:/+-]+$/u.test(value) ? value : JSON.stringify(value);
}

/** Escapes each UTF-16 code unit, as JSON does. */
function escapeOf(one: string): string {
  return [...Array(one.length).keys()]
    .map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}
