import type { FullGroup, LogRows } from '../stores/log-rows.ts';

/**
 * The entries that are asked for: from an index on, or from the first that was written at a time (milliseconds since
 * 1970).
 */
export interface WantedRange {
  readonly from: number | { readonly since: number };
  /** Null: up to the log's end as it is now. */
  readonly to: number | null;
}

/** Up to but not `to`; both are the sizes of checkpoints. */
export interface ExportRange {
  readonly from: number;
  readonly to: number;
}

/** Rounded outwards to whole groups, within the log as it is now. Rejects with RangeError where nothing of it is there. */
export async function exportRange(rows: LogRows, log: string, wanted: WantedRange): Promise<ExportRange> {
  const size = (await rows.end(log))?.size ?? 0;
  const from =
    typeof wanted.from === 'number'
      ? await startOf(rows, log, wanted.from, size)
      : await firstLeafSince(rows, log, wanted.from.since, size);
  const to = wanted.to === null ? size : await endOf(rows, log, Math.min(wanted.to, size));
  if (from > to) throw new RangeError(`the log has ${size} entries: nothing lies in that range`);
  return { from, to };
}

async function startOf(rows: LogRows, log: string, leaf: number, size: number): Promise<number> {
  if (leaf > size) throw new RangeError(`the log has ${size} entries: nothing lies in that range`);
  return leaf === size ? size : (await groupHolding(rows, log, leaf)).firstLeaf;
}

async function endOf(rows: LogRows, log: string, to: number): Promise<number> {
  if (to === 0) return 0;
  const { firstLeaf, leaves } = await groupHolding(rows, log, to - 1);
  return firstLeaf + leaves;
}

/** The first leaf that was written at a time or later. Searches by halves. Times of writing ascend, except where a clock was set back. */
export async function firstLeafSince(
  rows: LogRows,
  log: string,
  since: number,
  size: number,
): Promise<number> {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { firstLeaf, leaves, written } = await groupHolding(rows, log, middle);
    if (written >= since) high = firstLeaf;
    else low = firstLeaf + leaves;
  }
  return low;
}

async function groupHolding(rows: LogRows, log: string, leaf: number): Promise<FullGroup> {
  const [group] = await rows.groupsFrom(log, leaf, 1);
  if (!group) throw new RangeError(`the log has no entry ${leaf}`);
  return group;
}
