import { VIET_NAM_OFFSET_MS, startOfVietNamMonth } from '../../../log-format/viet-nam-time.ts';
import type { CosignedAt } from './cosigned-extent.ts';

/** Months since the year 0: a text would sort the year 10000 before this one. */
export type MonthNumber = number;

export const WITNESS_CLOCK_LIMITS = {
  difference: { value: 3_600, unit: 's', why: 'The clocks of witness and log may differ by this much.' },
} as const;
/** Months are Viet Nam's. A month that is counted in UTC begins later, which is no fault. */
const OFFSET = VIET_NAM_OFFSET_MS / 1000;

/**
 * Notes what witnesses say of the time when entries were written, from the checkpoints of an export. It counts by
 * month, so that memory does not grow with them. Sizes are added in ascending order.
 */
export class CosignedMonths {
  /** The smallest and the largest size that was cosigned in each month, its first hour left out. */
  readonly #sizes = new Map<MonthNumber, { readonly smallest: number; largest: number }>();
  /** The largest size that was cosigned in each month of Viet Nam. */
  readonly #seen = new Map<MonthNumber, number>();

  add(size: number, { earliest, latest }: CosignedAt): void {
    const month = monthAt(latest - WITNESS_CLOCK_LIMITS.difference.value);
    const known = this.#sizes.get(month);
    if (known) known.largest = size;
    else this.#sizes.set(month, { smallest: size, largest: size });
    this.#seen.set(monthAt(earliest + OFFSET + WITNESS_CLOCK_LIMITS.difference.value), size);
  }

  /** Entries from this size on were not there yet when the month began. Infinity where no witness says so. */
  sizeSince(month: MonthNumber): number {
    return Math.min(...[...this.#sizes].flatMap(([own, { smallest }]) => (own >= month ? [smallest] : [])));
  }

  /** Entries before this size were there when the month began. 0 where no witness says so. */
  sizeBefore(month: MonthNumber): number {
    return Math.max(0, ...[...this.#sizes].flatMap(([own, { largest }]) => (own < month ? [largest] : [])));
  }

  /** The largest size that was cosigned before the month began in Viet Nam; 0 where none was. */
  sizeSeenBefore(month: MonthNumber): number {
    return Math.max(0, ...[...this.#seen].flatMap(([own, size]) => (own < month ? [size] : [])));
  }

  /** The largest size that was cosigned at all. */
  get largest(): number {
    return this.sizeSeenBefore(Infinity);
  }
}

/** Seconds since 1970 before which the month had not begun in Viet Nam, as the clock there says. */
export function startOf(month: MonthNumber): number {
  return startOfVietNamMonth(Math.floor(month / 12), month % 12) / 1000;
}

/**
 * The month of a time in UTC. For a time outside the calendar it is NaN, which is neither before nor after anything.
 */
function monthAt(seconds: number): MonthNumber {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? NaN : date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Reads `yyyy-mm`. */
export function monthNumber(text: string): MonthNumber {
  const [year = '', month = ''] = text.split('-');
  return Number(year) * 12 + Number(month) - 1;
}
