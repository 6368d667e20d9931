import { SETTING_LIMITS } from '../../config/settings/setting-formats.ts';
import type { LogRetention } from '../../config/settings/settings.ts';
import type { LogRows } from '../stores/log-rows.ts';
import { monthOf } from '../write/group/build-groups.ts';

/** `yyyymm`, UTC. */
export type Month = number;

/** The groups of one month. */
export interface MonthRange {
  readonly month: Month;
  /** Sizes of checkpoints: up to but not `to`. */
  readonly from: number;
  readonly to: number;
}

/**
 * The first month that stays when `months` whole ones are kept before the current one. Throws RangeError where that is less than the
 * legal minimum: no argument and no setting gets below it.
 */
export function firstKept(now: number, months: number): Month {
  if (!(Number.isSafeInteger(months) && months >= SETTING_LIMITS.retention.value)) {
    throw new RangeError(`no log is kept for less than ${SETTING_LIMITS.retention.value} months`);
  }
  return monthsBefore(monthOf(now), months);
}

/** `yyyy-mm`. */
export function monthText(month: Month): string {
  const text = String(month);
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

export function monthAfter(month: Month): Month {
  return monthsBefore(month, -1);
}

function monthsBefore(month: Month, months: number): Month {
  const count = Math.floor(month / 100) * 12 + (month % 100) - 1 - months;
  return Math.floor(count / 12) * 100 + (count % 12) + 1;
}

/** The months of a log that may leave the store. */
export interface DueMonths {
  /** First month that stays. */
  readonly before: Month;
  /** Ascending; empty where nothing is due. */
  readonly months: readonly MonthRange[];
}

/**
 * Months are counted from the log's newest entry, or from now where that is earlier: a clock that runs ahead makes nothing old.
 * Rejects with RangeError and StoreFault.
 */
export async function dueMonths(
  rows: LogRows,
  log: string,
  { searchableMonths }: LogRetention,
  now: number,
): Promise<DueMonths> {
  const size = (await rows.end(log))?.size ?? 0;
  const [last] = size === 0 ? [] : await rows.groupsFrom(log, size - 1, 1);
  const before = firstKept(Math.min(now, last?.written ?? now), searchableMonths);
  const oldest = await rows.firstAnswer(log);
  const [first] = oldest === null ? [] : await rows.groupsFrom(log, oldest, 1);
  if (!first) return { before, months: [] };
  const months: MonthRange[] = [];
  let from = first.firstLeaf;
  for (let month = monthOf(first.written); month < before; month = monthAfter(month)) {
    const to = Math.max(from, (await rows.firstGroupSince(log, monthAfter(month))) ?? size);
    if (to > from) months.push({ month, from, to });
    from = to;
  }
  return { before, months };
}
