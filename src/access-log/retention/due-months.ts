import type { Limits } from '../../config/limits.ts';
import { SETTING_LIMITS } from '../../config/settings/setting-formats.ts';
import type { LogRetention } from '../../config/settings/settings.ts';
import type { FullGroup, LogRows } from '../stores/log-rows.ts';
import { monthOf } from '../write/group/build-groups.ts';
import { signedTimeOf } from '../read/signed-times.ts';
import { statedRemovalEnd } from '../read/stated-removal.ts';

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

export const DUE_MONTH_LIMITS = {
  step: {
    value: 100,
    unit: 'groups',
    why: 'The search for months that are due holds so many groups in memory.',
  },
} as const satisfies Limits;

/** Entries are missing that no entry about retention covers: nothing more is removed before that is cleared up. */
export class EntriesMissing extends Error {
  override readonly name = 'EntriesMissing';
}

/**
 * Months are counted from the time that the log's newest entry states, or from now where that is earlier: a clock that
 * runs ahead makes nothing old. Rejects with RangeError and StoreFault.
 */
export async function firstMonthKept(
  rows: LogRows,
  log: string,
  months: number,
  now: number,
): Promise<Month> {
  const size = (await rows.end(log))?.size ?? 0;
  const [last] = size === 0 ? [] : await rows.groupsFrom(log, size - 1, 1);
  return firstKept(Math.min(now, (last && signedTimeOf(last)) ?? now), months);
}

/**
 * The months of a group's entries come from the times that the entries state and the tree signs. A group is never older
 * than one before it, so that a clock that was set back makes nothing old. Rejects with RangeError, EntriesMissing and
 * StoreFault.
 */
export async function dueMonths(
  rows: LogRows,
  log: string,
  { searchableMonths }: Pick<LogRetention, 'searchableMonths'>,
  now: number,
): Promise<DueMonths> {
  const before = await firstMonthKept(rows, log, searchableMonths, now);
  const months: { month: Month; from: number; to: number }[] = [];
  let latest = -Infinity;
  for await (const group of groupsKept(rows, log)) {
    latest = Math.max(latest, signedTimeOf(group) ?? NaN);
    const month = Number.isNaN(latest) ? NaN : monthOf(latest);
    if (!(month < before)) break;
    const last = months.at(-1);
    const to = group.firstLeaf + group.leaves;
    if (last?.month === month) last.to = to;
    else months.push({ month, from: group.firstLeaf, to });
  }
  return { before, months };
}

/** The groups from the first on whose answers were not removed after their time. */
async function* groupsKept(rows: LogRows, log: string): AsyncGenerator<FullGroup> {
  const size = (await rows.end(log))?.size ?? 0;
  const first = (await rows.firstAnswer(log)) ?? size;
  const stated = first === 0 ? 0 : await statedRemovalEnd(rows, log);
  if (first > stated) {
    throw new EntriesMissing(
      `the entries ${stated} to ${first} are missing, and no entry about retention covers them: find out who took them away`,
    );
  }
  let next = first;
  while (next < size) {
    const groups = await rows.groupsFrom(log, next, DUE_MONTH_LIMITS.step.value);
    const last = groups.at(-1);
    if (!last) return;
    yield* groups;
    next = last.firstLeaf + last.leaves;
  }
}
