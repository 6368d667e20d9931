export const REQUEST_TIME_LIMITS = {
  longestRequest: {
    value: 15_000,
    unit: 'ms',
    why: 'A request waits 10 s for its calls, and a call for two more seconds, with some to spare.',
  },
} as const;

/** The time that is compared, in milliseconds since 1970. */
export interface Window {
  readonly from: number;
  /** The first moment after the window. */
  readonly to: number;
  /** Clocks differ, and a call comes after its request: what stands this close to an edge is not missed. */
  readonly tolerance: number;
}

export type PlaceInWindow = 'within' | 'at-edge' | 'outside';

/** Tells where in the window the partner of a line or call of this time is expected, if it has one. */
export function placeIn({ from, to, tolerance }: Window, time: number): PlaceInWindow {
  if (time < from - tolerance || time >= to + tolerance) return 'outside';
  return time >= from + tolerance && time < to - tolerance ? 'within' : 'at-edge';
}
