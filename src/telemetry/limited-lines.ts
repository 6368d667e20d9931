import type { Limits } from '../config/limits.ts';

/** Bounds of log lines that strangers can cause. */
export const LIMITED_LINE_LIMITS = {
  lines: {
    value: 5,
    unit: 'lines',
    why: 'So many with one reason in a window: a flood of forged tokens must not fill the operator’s disk.',
  },
  window: { value: 1_000, unit: 'ms', why: 'The time in which so many lines are written.' },
} as const satisfies Limits;

/**
 * Limits lines that anybody can cause, for each event and reason. The first line after a full window says in `count`
 * how many were left out. Events and reasons are from closed lists, so the memory is bounded.
 */
export function limitLines<Fields extends { readonly reason?: string }>(
  write: (event: string, fields: Fields & { readonly count?: number }) => void,
  now: () => number = () => performance.now(),
): (event: string, fields: Fields) => void {
  const windows = new Map<string, { since: number; written: number; leftOut: number }>();
  return (event, fields) => {
    const key = `${event} ${fields.reason ?? ''}`;
    const window = windows.get(key) ?? { since: now(), written: 0, leftOut: 0 };
    windows.set(key, window);
    if (now() - window.since >= LIMITED_LINE_LIMITS.window.value) {
      window.since = now();
      window.written = 0;
    }
    if (window.written >= LIMITED_LINE_LIMITS.lines.value) {
      window.leftOut += 1;
      return;
    }
    window.written += 1;
    write(event, window.leftOut === 0 ? fields : { ...fields, count: window.leftOut });
    window.leftOut = 0;
  };
}
