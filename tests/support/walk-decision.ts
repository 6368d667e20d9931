import type { Json } from './gateway.ts';
import type { Step } from './random-walk.ts';
import { ANCHOR_OF, registerOfField, type Register } from './register-of.ts';

/** What may be answered of a walk: a leaf that is granted, a selection set with anything granted in it. */
export function isGranted(step: Step, granted: ReadonlySet<string>): boolean {
  if (step.coordinate === null) return true;
  if (!granted.has(step.path)) return false;
  return step.to === null || step.to.steps.some((one) => one.coordinate !== null && isGranted(one, granted));
}

export function hasDenied(steps: readonly Step[], granted: ReadonlySet<string>): boolean {
  return steps.some(
    (one) => !isGranted(one, granted) || (one.to !== null && hasDenied(one.to.steps, granted)),
  );
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

export interface Cut {
  readonly data: Json;
  /** Paths of the errors. */
  readonly denied: readonly string[];
}

/** Takes from an answer with every right what is denied, and says where. */
export function cut(
  value: Json,
  steps: readonly Step[],
  granted: ReadonlySet<string>,
  path: readonly (string | number)[] = [],
): Cut {
  if (value === null || typeof value !== 'object') return { data: value, denied: [] };
  if (Array.isArray(value)) {
    const items = value.map((item, index) => cut(item, steps, granted, [...path, index]));
    return { data: items.map(({ data }) => data), denied: items.flatMap(({ denied }) => denied) };
  }
  const data: { [name: string]: Json } = {};
  const denied: string[] = [];
  for (const step of steps) {
    const at = [...path, step.responseName];
    if (!isGranted(step, granted)) {
      data[step.responseName] = null;
      denied.push(at.join('.'));
      continue;
    }
    const inner = cut(value[step.responseName] ?? null, step.to?.steps ?? [], granted, at);
    data[step.responseName] = inner.data;
    denied.push(...inner.denied);
  }
  return { data, denied };
}
