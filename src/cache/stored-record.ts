import type { CachedRecord } from './record-cache.ts';

/** Text that a sealed value holds. */
export function serialiseRecord(record: CachedRecord): string {
  return JSON.stringify([record.state, record.value, record.asOf, record.fetchedAt, record.refused]);
}

/**
 * The record, deeply frozen, or undefined where the text is not one: the seal proves that we wrote it, not that this
 * release would.
 */
export function parseRecord(text: string): CachedRecord | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length !== 5) return undefined;
  const [state, value, asOf, fetchedAt, refused]: unknown[] = parts;
  if (state !== 'found' && state !== 'absent') return undefined;
  if (asOf !== null && typeof asOf !== 'string') return undefined;
  if (typeof fetchedAt !== 'number' || !isTexts(refused)) return undefined;
  return freezeDeep({ state, value, asOf, fetchedAt, refused });
}

function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) freezeDeep(inner);
  return Object.freeze(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
