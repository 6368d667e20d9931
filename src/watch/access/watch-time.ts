import { VIET_NAM_OFFSET_MS } from '../../log-format/viet-nam-time.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Number of the day of Viet Nam, from 1 January 1970. */
export function vietNamDayNumber(epochMs: number): number {
  return Math.floor((epochMs + VIET_NAM_OFFSET_MS) / DAY_MS);
}

/** Hour of the day in Viet Nam, 0 to 23. */
export function vietNamHour(epochMs: number): number {
  return Math.floor(((epochMs + VIET_NAM_OFFSET_MS) % DAY_MS) / HOUR_MS);
}

/** Day of the week in Viet Nam; Sunday is 0. 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (day + 4) % 7;
}
