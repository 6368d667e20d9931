import type { RecordColumns } from './record-columns.ts';

/** What the writer's thread is started with. Keys as hex: a Buffer would be cloned with all of its pool. */
export interface WorkerSettings {
  readonly directory: string;
  readonly sealKeys: readonly KeyText[];
  readonly maxPages: number | null;
}

export interface KeyText {
  readonly id: string;
  readonly hex: string;
}

/** One command at a time; each is answered by one Reply. */
export type Command =
  /** Creates what is absent: at start-up alone, so that a log that vanished is not silently begun anew. */
  | { readonly kind: 'open' }
  /** One transaction; without records it only shows whether the log can be written. */
  | { readonly kind: 'write'; readonly records: readonly RecordColumns[] }
  | { readonly kind: 'close' };

export type Reply =
  /** Synced, but for the records at `failed`, which the file does not take. */
  | { readonly outcome: 'done'; readonly entries: number; readonly failed: readonly number[] }
  /** Nothing was written. */
  | { readonly outcome: 'not-begun'; readonly code: string }
  /** Whether it is on disk is not known. */
  | { readonly outcome: 'unknown'; readonly code: string };
