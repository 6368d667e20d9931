import type { GraphQLSchema } from 'graphql';
import { boundedWork, workOfValues } from '../plan/compile/plan-work.ts';
import { gateRegisters } from '../plan/rows/row-gate.ts';
import { rowRightsOf, type RowRights } from '../plan/rows/row-rights.ts';
import { publicRootsSize } from '../plan/run/answer-public-roots.ts';
import type { RegisterName } from '../registers.ts';
import { caseIdOf } from './decide-operation.ts';
import type { HttpSteps } from './http-steps.ts';
import { advance } from './refuse-at.ts';
import { REQUEST_LIMITS } from './request-limits.ts';
import type { RequestParts } from './request-parts.ts';
import type { Decided, Refused, Reserved } from './stages.ts';

/** Stands among the registers for the service that confirms dossiers: it may hang as they may. */
const DOSSIER_SERVICE = 'dossier-service';

/**
 * Reserves what the operation needs before anything is read: work by its plan, and a place at each register that the plan can call.
 * Nothing that is found changes it, so that it tells nothing. Refuses with QUOTA_EXCEEDED or OVERLOADED.
 */
export function reserveShares(
  { log, schema }: Pick<RequestParts, 'log' | 'schema'>,
  decided: Decided,
  reserve: HttpSteps['reserve'],
): Reserved | Refused {
  return advance(log, decided, () => {
    const { principal, agreement, receivedAt } = decided;
    const rights = rowRightsOf(principal, agreement, caseIdOf(decided), receivedAt);
    const work = workOf(schema, decided);
    const refusal = reserve({ work, sources: decided.plan.leavesNothing ? [] : sourcesOf(decided, rights) });
    if (refusal) throw refusal;
    return { ...decided, rights, isLarge: work > REQUEST_LIMITS.largeWork.value };
  });
}

/** Microseconds of CPU time. */
function workOf(schema: GraphQLSchema, decided: Decided): number {
  const { plan, roots } = decided;
  let work = 0;
  for (const [index, { keys, plan: root }] of roots.entries()) {
    if (root.shape === 'public') continue;
    const isKeyed = root.shape === 'single' || root.shape === 'batch';
    work += boundedWork(plan.work[index] ?? 0, isKeyed ? keys.length : 1);
  }
  if (plan.roots.some(({ shape }) => shape === 'public')) {
    work += workOfValues(publicRootsSize(schema, decided).values);
  }
  return work;
}

function sourcesOf(
  { plan: { registers }, roots, agreement, head }: Decided,
  rights: RowRights,
): readonly RegisterName[] {
  if (registers.selected.length === 0) return [];
  const hasMatch = roots.some(({ keys }) => keys.some(({ match }) => match !== null));
  const sources = new Set([...registers.selected, ...gateRegisters(registers, rights, hasMatch)]);
  if (agreement.needsCase && head.caseId !== undefined) sources.add(DOSSIER_SERVICE);
  return [...sources];
}
