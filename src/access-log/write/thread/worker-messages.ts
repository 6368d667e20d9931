import type { KeyRing } from '../../../config/secrets/key-rings.ts';
import type { CosignatureRow, Predecessor } from '../../stores/log-store.ts';
import type { StoreSettings } from '../../stores/open-store.ts';
import type { RecordDraft } from '../group/draft-lines.ts';

/**
 * Settings that the writer's thread is started with. Keys are hexadecimal texts: a Buffer would be cloned with all of
 * its pool.
 */
export interface WorkerSettings {
  readonly store: StoreSettings;
  /** The log's name, `national-data-gateway/<INSTANCE_ID>`. */
  readonly log: string;
  /** `log-seal`, newest first. */
  readonly sealKeys: readonly KeyText[];
  /** Seeds of the checkpoint keys (Ed25519), newest first: the first signs. */
  readonly checkpointKeys: readonly KeyText[];
}

export interface KeyText {
  readonly id: string;
  readonly hex: string;
}

export function textsOf(keys: KeyRing): readonly KeyText[] {
  return keys.map(({ id, key }) => ({ id, hex: key.toString('hex') }));
}

/** The ring again, in the thread. */
export function ringOf(keys: readonly KeyText[]): KeyRing {
  const [newest, ...older] = keys.map(({ id, hex }) => ({ id, key: Buffer.from(hex, 'hex') }));
  if (!newest) throw new Error('a key ring is empty');
  return [newest, ...older];
}

/** A command to the writer's thread. There is one at a time, and one WriterReply answers each. */
export type Command =
  /** Creates what is absent: at start-up alone, so that a log that vanished is not silently begun anew. */
  | { readonly kind: 'open' }
  /** Writes one transaction. With neither records nor cosignatures it only shows whether the log can be written. */
  | {
      readonly kind: 'write';
      readonly records: readonly RecordDraft[];
      readonly cosignatures: readonly CosignatureRow[];
      /** The tree's size when anything was last answered for: the store may have more, and never less. */
      readonly sizeBefore: number;
    }
  | { readonly kind: 'close' };

export type WriterReply =
  /** Synced, but for the records at `failed`, which the store does not take. */
  | {
      readonly outcome: 'done';
      readonly entries: number;
      readonly failed: readonly number[];
      /** Receipts of the records that wanted one, by position. */
      readonly receipts: ReadonlyMap<number, string>;
      /** The tree's size now. */
      readonly size: number;
      /** Set on opening: the checkpoint that was found, and the log of an earlier format that was put aside. */
      readonly found?: { readonly note: string | null; readonly predecessor: Predecessor | null };
    }
  /** Nothing was written. */
  | { readonly outcome: 'not-begun'; readonly code: string }
  /** It is unknown whether the group is on disk. */
  | { readonly outcome: 'unknown'; readonly code: string };
