import type { Outages } from './outages.ts';
import { placeIn, type Window } from './window.ts';

/** The times about which the exports can speak. */
export interface Coverage {
  readonly window: Window;
  /** Time of the last entry, milliseconds since 1970; -Infinity where there is none. */
  readonly lastEntry: number;
  readonly outages: Outages;
}

/** Why a register's line may have no entry, or that it may not: `missed`. */
export type Absence = 'missed' | 'outage' | 'after-end' | 'at-edge' | 'outside';

/**
 * Tells why a line may have no entry, by the line's own time: a line far away must not excuse the others of its call.
 */
export function absenceOf({ window, lastEntry, outages }: Coverage, time: number): Absence {
  const place = placeIn(window, time);
  if (place === 'outside') return 'outside';
  if (outages.hasAt(time)) return 'outage';
  if (time > lastEntry + window.tolerance) return 'after-end';
  // Registers' logs are taken after the export: what came between has its entry behind the end.
  return place === 'at-edge' || time > lastEntry ? 'at-edge' : 'missed';
}
