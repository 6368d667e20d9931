import type { Limits } from '../../../config/limits.ts';
import type { StoreSettings } from '../../stores/open-store.ts';
import type { KeyText } from '../../write/thread/worker-messages.ts';
import type { AccessLogReader } from '../log-reader.ts';
import type { Gap } from '../search/unreadable-entries.ts';

export const INDEX_FOLLOW_LIMITS = {
  pause: { value: 1_000, unit: 'ms', why: 'The index follows the log at most this often while nobody asks.' },
} as const satisfies Limits;

/** Settings that the reader's thread is started with. */
export interface ReaderSettings {
  readonly store: StoreSettings;
  /** `log-seal` and `log-search`, newest first. */
  readonly sealKeys: readonly KeyText[];
  readonly searchKeys: readonly KeyText[];
}

export type ReaderMethod = Exclude<keyof AccessLogReader, 'close'>;

/** A query, answered under its number. */
export interface ReaderCall {
  readonly id: number;
  readonly method: ReaderMethod | 'close';
  readonly given: readonly unknown[];
}

export type ReaderReply =
  | { readonly id: number; readonly result: unknown }
  /** `code`: `not-genuine`, or the store's. */
  | { readonly id: number; readonly fault: string }
  /** Now and then, so that a thread that is busy is told from one that hangs. */
  | { readonly isAlive: true }
  /** Entries that do not open were met. */
  | { readonly gap: Gap }
  /** Entries whose rows in the search index were changed by somebody else. */
  | { readonly indexChanged: Gap }
  /** The index could not follow the log; the same codes as a fault. */
  | { readonly trouble: string }
  /** Entries that stand in the log and not yet in the index; told with each round. */
  | { readonly lag: number };
