import type { Step } from './random-walk.ts';
import { ANCHOR_OF, registerOfField, type Register } from '../registers/register-of.ts';

/** What may be answered of a walk: a leaf that is granted, a selection set with anything granted in it. */
function isGranted(step: Step, granted: ReadonlySet<string>): boolean {
  if (step.coordinate === null) return true;
  if (!granted.has(step.path)) return false;
  return step.to === null || step.to.steps.some((one) => one.coordinate !== null && isGranted(one, granted));
}

/** The walk without what is denied. */
export function grantedPart(steps: readonly Step[], granted: ReadonlySet<string>): readonly Step[] {
  return steps
    .filter((one) => isGranted(one, granted))
    .map((one) => (one.to ? { ...one, to: { ...one.to, steps: grantedPart(one.to.steps, granted) } } : one));
}

/** Registers that the walk may lead to. */
export function registersOn(steps: readonly Step[], found = new Set<Register>()): ReadonlySet<Register> {
  for (const { coordinate, to } of steps) {
    const own = coordinate === null ? undefined : registerOfField.get(coordinate);
    const anchor = to ? ANCHOR_OF[to.type] : undefined;
    if (own && !coordinate?.startsWith('Query.')) found.add(own);
    if (anchor) found.add(anchor);
    if (to) registersOn(to.steps, found);
  }
  return found;
}
