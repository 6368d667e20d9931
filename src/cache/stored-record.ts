import type { CachedRecord, Refusal } from './record-cache.ts';

/** Stands for a symbol in the text; no property of a record has such a name. */
const SYMBOL = '\u0000symbol';
const ESCAPED_SYMBOL = JSON.stringify(SYMBOL).slice(1, -1);

/**
 * Text that a sealed value holds. A registered symbol, which marks a value that could not be read, is kept by its
 * name: a record with such a value is cached like any other, or the second look-up would tell them apart.
 */
export function serialiseRecord(record: CachedRecord): string {
  const { state, value, asOf, fetchedAt, call, refused, mark, subjects } = record;
  return JSON.stringify(
    [state, value, asOf, fetchedAt, call, refused, mark.era, mark.position, subjects],
    (_name, inner: unknown) => (typeof inner === 'symbol' ? { [SYMBOL]: Symbol.keyFor(inner) } : inner),
  );
}

/**
 * The record, deeply frozen, or undefined where the text is not one: the seal proves that we wrote it, not that this
 * release would.
 */
export function parseRecord(text: string): CachedRecord | undefined {
  let parts: unknown;
  try {
    // A reviver is called for each value within, which costs several times the parsing, and few records hold a symbol.
    parts = text.includes(ESCAPED_SYMBOL) ? JSON.parse(text, reviveSymbol) : JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 9) return undefined;
  const [state, value, asOf, fetchedAt, call, refused, era, position, subjects]: unknown[] = parts;
  if (state !== 'found' && state !== 'absent' && state !== 'broken') return undefined;
  if (asOf !== null && typeof asOf !== 'string') return undefined;
  if (typeof call !== 'string') return undefined;
  if (typeof fetchedAt !== 'number' || !isRefusals(refused)) return undefined;
  if (typeof era !== 'string' || typeof position !== 'number' || !isTexts(subjects)) return undefined;
  return freezeDeep({ state, value, asOf, fetchedAt, call, refused, mark: { era, position }, subjects });
}

function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) freezeDeep(inner);
  return Object.freeze(value);
}

function reviveSymbol(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(SYMBOL in value)) return value;
  return typeof value[SYMBOL] === 'string' ? Symbol.for(value[SYMBOL]) : value;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isRefusals(value: unknown): value is readonly Refusal[] {
  return Array.isArray(value) && value.every(isRefusal);
}

function isRefusal(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('caller' in value) || !('until' in value))
    return false;
  return typeof value.caller === 'string' && typeof value.until === 'number';
}
