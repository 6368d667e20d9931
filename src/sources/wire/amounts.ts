const DECIMAL = /^\d{1,18}(?:\.\d{1,4})?$/;

/** An amount that is not negative, exact, as text; a number on the wire may have at most 15 digits to be exact (IEEE 754). */
export function readDecimal(raw: unknown): string | undefined {
  const text = typeof raw === 'number' && raw <= Number.MAX_SAFE_INTEGER ? String(raw) : raw;
  return typeof text === 'string' && DECIMAL.test(text) ? text : undefined;
}

/** Per cent: 0 to 100. */
export function readPercent(raw: unknown): number | undefined {
  return typeof raw === 'number' && raw >= 0 && raw <= 100 ? raw : undefined;
}
