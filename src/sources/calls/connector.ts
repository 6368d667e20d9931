import type { RegisterName } from '../../registers.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type { RecordKey, RecordKind, RecordValue } from '../records/record.ts';

/** An officer account (or the system itself) waiting for an item, for the register's own log. */
export interface Asker {
  readonly officer: string;
  readonly dossier: string;
}

/** A key with everyone in whose name it is looked up. */
export interface BatchItem extends RecordKey {
  readonly askers: readonly Asker[];
  /** The full name and birth date of the person, where the register's operation asks for them beside the key. */
  readonly factor?: MatchFactor;
}

export interface UpstreamCall {
  /** A UUID that stands in the register's log and in the access log. */
  readonly requestId: string;
  /** The id of the client (the system) that asks. */
  readonly client: string;
  readonly purpose: string;
  readonly timeoutMs: number;
}

export type FetchedRow = RecordKey & {
  readonly outcome:
    | {
        readonly state: 'found';
        readonly value: RecordValue;
        /** The register's own date of the data, `yyyy-mm-dd`; null where it states none. */
        readonly asOf: string | null;
        /** This is false when BROKEN stands anywhere in the value. */
        readonly isIntact: boolean;
        /** The person is hidden, and the operator must learn of a code that this release does not know. */
        readonly hasUnknownProtection?: true;
      }
    | { readonly state: 'absent' }
    /** The row is missing or doubled, or carries another key inside than outside. */
    | { readonly state: 'broken' };
  /** Officer accounts that the register refuses this record. */
  readonly refused: readonly string[];
};

export interface FetchedBatch {
  /** One row for each item asked, matched by the key that the row carries. */
  readonly rows: readonly FetchedRow[];
  /** Further records that came along whole (the parcels of a holder); they answer later look-ups of the same kind. */
  readonly primed: readonly FetchedRow[];
  /** The number of rows that were not asked for; they are dropped. */
  readonly strayRows: number;
}

/** Asks one register for records, at most `maxItems` items a call. */
export interface Connector {
  readonly register: RegisterName;
  readonly kinds: readonly RecordKind[];
  readonly maxItems: number;
  /** Number of exchanges with the register that these items cost; one where it is left out. */
  readonly exchanges?: (items: readonly BatchItem[]) => number;
  /** Rejects with GatewayError SOURCE_TIMEOUT, SOURCE_UNAVAILABLE or SOURCE_CONTRACT_BROKEN when the call fails whole. */
  fetch(items: readonly BatchItem[], call: UpstreamCall): Promise<FetchedBatch>;
  close(): Promise<void>;
}
