/** Memory of an object, a list or a text without what is in it, and of one place in it. Measured and rounded up. */
const HEAD_BYTES = 24;
const PLACE_BYTES = 8;
/** Memory of a record with its key and its place in the cache, without its value. */
const RECORD_BYTES = 400;

/** Estimates the memory in bytes that a record keeps in the cache. Texts of names and addresses have two bytes a character. */
export function recordBytes(value: unknown): number {
  return RECORD_BYTES + bytesOf(value);
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return HEAD_BYTES + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = HEAD_BYTES;
  if (Array.isArray(value)) for (const item of value) bytes += PLACE_BYTES + bytesOf(item);
  else for (const name in value) bytes += PLACE_BYTES + bytesOf(value[name as keyof typeof value]);
  return bytes;
}
