import { randomUUID } from 'node:crypto';

/**
 * Id of one answer's entries: 32 hex digits, 48 bits of time and 80 random ones that nobody guesses. Ids grow with
 * time, so that the log's index is written at its end instead of all over (as with UUIDv7, RFC 9562 5.7).
 */
export function createEntryId(epochMs: number): string {
  const random = randomUUID().replaceAll('-', '');
  // Digits 12 to 16 of a UUIDv4 hold its fixed bits.
  return epochMs.toString(16).padStart(12, '0') + random.slice(0, 12) + random.slice(17, 25);
}

export function isEntryId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
