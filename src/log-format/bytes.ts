const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 of a text. */
export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Text of these bytes; null where they are not UTF-8. A replacement character would make two spellings of one text. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Compares public bytes; nothing equals what is absent. Secrets are compared by `isSameSecret` of crypto.ts, which takes
 * the same time for every input.
 */
export function equalBytes(a: Uint8Array | null | undefined, b: Uint8Array): boolean {
  if (a?.length !== b.length) return false;
  for (let at = 0; at < b.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Reads an unsigned 32-bit integer, big-endian, from the first four bytes. */
export function readUint32(bytes: Uint8Array): number {
  return viewOf(bytes).getUint32(0);
}

export function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
}

/** Reads an unsigned 64-bit integer, big-endian, from the first eight bytes. */
export function readUint64(bytes: Uint8Array): bigint {
  return viewOf(bytes).getBigUint64(0);
}

/** Throws RangeError where the value is not from 0 to 2^64 - 1: DataView would cut it silently. */
export function uint64Bytes(value: bigint): Uint8Array {
  if (BigInt.asUintN(64, value) !== value) throw new RangeError('the value does not fit into 64 bits');
  const bytes = new Uint8Array(8);
  viewOf(bytes).setBigUint64(0, value);
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
