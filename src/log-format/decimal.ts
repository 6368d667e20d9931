const DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

/** A size as C2SP tlog-checkpoint writes it, without leading zeroes; null also above 2^53 - 1. */
export function parseDecimal(text: string): number | null {
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) ? value : null;
}
