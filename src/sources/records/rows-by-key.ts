import { GatewayError } from '../../errors.ts';
import { REPLY_LIMITS } from '../wire/reply-limits.ts';
import type { BatchItem, FetchedBatch, FetchedRow } from '../calls/connector.ts';
import { recordName, type RecordKey, type RecordValue } from './record.ts';
import type { Shape } from '../wire/shape.ts';

export type RowOutcome = FetchedRow['outcome'];

export const ABSENT: RowOutcome = Object.freeze({ state: 'absent' });
export const BROKEN_ROW: RowOutcome = Object.freeze({ state: 'broken' });
export const NOBODY_REFUSED: readonly string[] = Object.freeze([]);

export function foundRow(value: RecordValue, asOf: string | null, shape: Shape): RowOutcome {
  const found = { state: 'found', value, asOf, isIntact: shape.isIntact } as const;
  return shape.hasUnknownProtection ? { ...found, hasUnknownProtection: true } : found;
}

export interface ReadRow {
  readonly outcome: RowOutcome;
  readonly refused: readonly string[];
}

interface RowReading<Row> {
  readonly items: readonly BatchItem[];
  readonly rows: readonly Row[];
  /** The key that a row carries; undefined where it cannot be read. */
  keyOf(row: Row): RecordKey | undefined;
  read(row: Row, key: RecordKey, primed: PrimedRows): ReadRow;
}

/**
 * Gives each item the row that carries its kind and key, wherever it stands; its position means nothing. A
 * doubled row is broken, since nobody can say which of the two is right; a missing one is broken and never
 * absent; a row that was not asked for is dropped. The keys of the items are distinct. Throws SOURCE_CONTRACT_BROKEN where there
 * are more rows than any reply has.
 */
export function matchRows<Row>(reading: RowReading<Row>): FetchedBatch {
  if (reading.rows.length > REPLY_LIMITS.rows.value) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
  const asked = new Map<string, { count: number; row: Row | undefined }>();
  for (const item of reading.items) asked.set(recordName(item), { count: 0, row: undefined });
  let strayRows = 0;
  for (const row of reading.rows) {
    const key = reading.keyOf(row);
    const slot = key === undefined ? undefined : asked.get(recordName(key));
    if (slot === undefined) strayRows += 1;
    else {
      slot.count += 1;
      slot.row = row;
    }
  }
  const primed = new PrimedRows();
  const rows = reading.items.map((item): FetchedRow => {
    const slot = asked.get(recordName(item));
    const read =
      slot?.count === 1 && slot.row !== undefined
        ? reading.read(slot.row, item, primed)
        : { outcome: BROKEN_ROW, refused: NOBODY_REFUSED };
    return { kind: item.kind, key: item.key, outcome: read.outcome, refused: read.refused };
  });
  return { rows, primed: primed.except(asked), strayRows };
}

/** Whole records that came along in rows of other kinds, one a key. */
export class PrimedRows {
  readonly #rows = new Map<string, FetchedRow>();

  /**
   * An officer who is refused the outer row is refused what came with it. The first of several copies stays.
   */
  add(key: RecordKey, outcome: RowOutcome, refused: readonly string[]): void {
    const name = recordName(key);
    const earlier = this.#rows.get(name);
    if (earlier === undefined) this.#rows.set(name, { kind: key.kind, key: key.key, outcome, refused });
    else if (refused.length > 0) {
      this.#rows.set(name, { ...earlier, refused: [...new Set([...earlier.refused, ...refused])] });
    }
  }

  /** Leaves out records that were asked for in their own right: their own rows answer those. */
  except(asked: ReadonlyMap<string, unknown>): readonly FetchedRow[] {
    if (this.#rows.size === 0) return [];
    return [...this.#rows].filter(([name]) => !asked.has(name)).map(([, row]) => row);
  }
}
