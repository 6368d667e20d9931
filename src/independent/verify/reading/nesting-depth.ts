/** Deeper than anything in a log, and far from where recursion over a value runs out of stack. */
const DEEPEST = 64;

/** Tells whether values are nested in each other at most that deeply. The check itself goes no deeper. */
export function isShallow(value: unknown, room = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (room === 0) return false;
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inner.every((one) => isShallow(one, room - 1));
}
