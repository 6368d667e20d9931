import { hasMoreThan, REPLY_LIMITS } from './reply-limits.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a value that is not there: left out, null, an empty text or an empty list. */
export function isLeftOutOfJson(raw: unknown): boolean {
  return raw === undefined || raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0);
}

/**
 * The items of a list, where converters from XML write null or an empty text for an empty one, and one element for a list
 * of one. Undefined where the property is missing or no list.
 */
export function asList(raw: unknown): readonly unknown[] | undefined {
  if (Array.isArray(raw)) return raw;
  if (raw === null || raw === '') return [];
  return isJsonObject(raw) && Object.keys(raw).length > 0 ? [raw] : undefined;
}

const BYTE_ORDER_MARK = '\ufeff';

/** A value stands behind one of these; in texts they are counted too, which the limit leaves room for. */
const BEFORE_VALUES = [',', '[', '{'];

/** The value of a JSON text, also behind a byte order mark. Undefined where it is none, and where it holds more values than a reply. */
export function parseJson(text: string): unknown {
  if (hasMoreThan(text, BEFORE_VALUES, REPLY_LIMITS.values.value)) return undefined;
  try {
    return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch {
    // The parser's own message quotes the text: it goes nowhere, not even as a cause.
    return undefined;
  }
}
