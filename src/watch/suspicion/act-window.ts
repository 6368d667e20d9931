/** One act that counts for a pattern. */
export interface WeighedAct {
  readonly id: string;
  readonly time: number;
  readonly weight: number;
  /** Acts of one key count once. */
  readonly key: string;
}

/** Acts of the last while, in the order of their coming. */
export type ActWindow = WeighedAct[];

const MOST = 40;

/** Adds an act, and lets go what is older than the window. An act whose key is there already raises its weight where it is heavier. */
export function addAct(acts: ActWindow, act: WeighedAct, windowMs: number): void {
  const from = act.time - windowMs;
  const kept = acts.filter(({ time }) => time >= from);
  const known = kept.findIndex(({ key }) => key === act.key);
  if (known >= 0) {
    const before = kept[known];
    if (before && before.weight < act.weight) kept[known] = { ...before, weight: act.weight };
  } else kept.push(act);
  acts.splice(0, acts.length, ...kept.slice(-MOST));
}

export function weightOf(acts: ActWindow): number {
  return acts.reduce((sum, { weight }) => sum + weight, 0);
}

export function idsOf(acts: ActWindow): readonly string[] {
  return acts.map(({ id }) => id);
}
