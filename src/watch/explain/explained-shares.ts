import type { Reason } from './reasons.ts';
import { REASONS } from './reasons.ts';

/** Accesses by the reason that explains them. */
export type ExplainedCounts = Record<Reason | 'unexplained', number>;

export function noneExplained(): ExplainedCounts {
  return {
    'own-data': 0,
    party: 0,
    'reached-by-grant': 0,
    'repeated-in-case': 0,
    'office-work': 0,
    unexplained: 0,
  };
}

/** Counts one access; `undefined` is nothing to explain. */
export function countReason(counts: ExplainedCounts, reason: Reason | null | undefined): void {
  if (reason !== undefined) counts[reason ?? 'unexplained'] += 1;
}

/** Share of accesses that have a reason, 0 to 1; null where there were none. */
export function explainedShare(counts: ExplainedCounts): number | null {
  const explained = REASONS.reduce((sum, reason) => sum + counts[reason], 0);
  const all = explained + counts.unexplained;
  return all === 0 ? null : explained / all;
}
