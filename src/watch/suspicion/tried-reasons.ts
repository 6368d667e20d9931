import type { Limits } from '../../config/limits.ts';
import { remember } from '../access/bounded.ts';
import { REASONS, type Reason } from '../explain/reasons.ts';

export const TRIED_LIMITS = {
  answers: {
    value: 50_000,
    unit: 'answers',
    why: 'The last ones, for the reasons that an alert shows as tried; about 5 MB.',
  },
} as const satisfies Limits;

/** Accesses of an answer by the reason that explains them, in the order of REASONS; then those without. */
export type TriedReasons = Map<string, readonly number[]>;

export function noteTried(
  tried: TriedReasons,
  id: string,
  reasons: readonly (Reason | null | undefined)[],
): void {
  const counts = [...REASONS, null].map((reason) => reasons.filter((one) => one === reason).length);
  remember(tried, id, counts, TRIED_LIMITS.answers.value);
}

/** The reasons tried for the accesses of an alert's evidence, as far as they are remembered. */
export function triedFor(
  tried: TriedReasons,
  evidence: readonly string[],
): {
  readonly accesses: number;
  readonly tried: readonly { readonly reason: Reason; readonly explained: number }[];
} {
  const sums = [...REASONS, null].map((_reason, at) =>
    evidence.reduce((sum, id) => sum + (tried.get(id)?.[at] ?? 0), 0),
  );
  return {
    accesses: sums.reduce((sum, one) => sum + one, 0),
    tried: REASONS.map((reason, at) => ({ reason, explained: sums[at] ?? 0 })),
  };
}
