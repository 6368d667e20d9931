import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../config/limits.ts';
import { recordBytes } from './record-bytes.ts';
import type { CachedRecord } from './record-cache.ts';

export const OPENED_RECORD_LIMITS = {
  entries: { value: 50_000, unit: 'records', why: 'The records that one instance reads within minutes.' },
  bytes: {
    value: 128 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'More are opened anew.',
  },
} as const satisfies Limits;

interface Opened {
  /** SHA-256 of the sealed value, base64. */
  readonly digest: string;
  readonly record: CachedRecord;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * A layer in memory above Redis: sealed values that were opened at their place. Redis is asked each time all the same, so that what another
 * instance wrote or evicted counts at once; only a value that is byte for byte the same is not opened, parsed and frozen again, which is
 * a third of a cached request's CPU.
 */
export class OpenedRecords {
  readonly #opened = new LRUCache<string, Opened>({
    max: OPENED_RECORD_LIMITS.entries.value,
    maxSize: OPENED_RECORD_LIMITS.bytes.value,
    sizeCalculation: ({ record }) => recordBytes(record.value),
  });

  /** The record in this value, where it was opened at this place before and has not expired. */
  find(place: string, sealed: Buffer, now: number): CachedRecord | undefined {
    const known = this.#opened.get(place);
    return known && known.expiresAt > now && known.digest === digestOf(sealed) ? known.record : undefined;
  }

  keep(place: string, sealed: Buffer, record: CachedRecord, expiresAt: number): void {
    this.#opened.set(place, { digest: digestOf(sealed), record, expiresAt });
  }

  clear(): void {
    this.#opened.clear();
  }
}

function digestOf(sealed: Buffer): string {
  return hash('sha256', sealed, 'base64');
}
