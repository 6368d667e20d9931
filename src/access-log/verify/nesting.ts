/** Deeper than anything in a log, and far from where recursion over a value runs out of stack. */
const DEEPEST = 64;

/** Whether values are nested in each other at most that deep. Goes no deeper itself. */
export function isShallow(value: unknown, room = DEEPEST): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (room === 0) return false;
  for (const name in value) {
    if (!isShallow((value as Readonly<Record<string, unknown>>)[name], room - 1)) return false;
  }
  return true;
}
