import type { Limits } from '../../config/limits.ts';
import { GatewayError, type ErrorCode } from '../../errors.ts';
import type { Variables } from '../../operation/normalise-operation.ts';
import { OPERATION_LIMITS } from '../../operation/limits.ts';
import { readSubject } from '../../access-log/queries/filter-arguments.ts';
import type { Subject } from '../../disclosure/subject.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { isCaseId } from '../../policy/case/case.ts';
import type { RowRuleName } from '../../policy/row-rules/row-rule.ts';
import type { MatchFactor } from '../../policy/row-rules/match-factor.ts';
import type { AskedIdentifiers, Plan, RootPlan } from '../compile/plan.ts';

/** One identifier that a root field asks for. A fault is final: no register is asked for it. */
export interface KeyRequest {
  /** The identifier in the caller's own spelling. */
  readonly identifier: string;
  /** The register's own key; null where the identifier is malformed. */
  readonly key: string | null;
  readonly match: MatchFactor | null;
  /** The item's own case, else the request's; empty where there is none, and for what is no dossier number. */
  readonly caseId: string;
  /** True where the item names a case of its own. */
  readonly hasOwnCase: boolean;
  readonly fault: { readonly code: ErrorCode; readonly rule: RowRuleName | null } | null;
}

export interface RootRequest {
  readonly plan: RootPlan;
  /** One for a single root, one an item for a batch; those that a denied root asked for; none for other shapes. */
  readonly keys: readonly KeyRequest[];
  /** The subject in the filter of a log query; null where the filter names nobody. */
  readonly about: Subject | null;
}

export const ROOT_LIMITS = {
  listEntries: {
    value: 100,
    unit: 'entries',
    why: 'Of one list of a record; without `first` a longer one is LIST_TOO_LONG.',
  },
  logQueryWeight: {
    value: 10,
    unit: 'identifiers',
    why: 'A log query counts for so many: one search costs more than a record.',
  },
} as const satisfies Limits;

const BAD_IDENTIFIER = { code: 'BAD_IDENTIFIER', rule: null } as const;
const NOT_GRANTED = { code: 'FIELD_NOT_GRANTED', rule: null } as const;

/**
 * Puts the variables' values into the roots. Fails with OPERATION_TOO_LARGE beyond 100 identifiers an operation or
 * 100 entries a list, and with UserInputError where an argument's value does not fit.
 */
export function readRootRequests(
  plan: Plan,
  variables: Variables,
  caseId: string = '',
): readonly RootRequest[] {
  checkFirsts(plan, variables);
  for (const check of plan.checks) check(variables);
  checkCount(plan, variables);
  return plan.roots.map((root): RootRequest => {
    if (root.shape === 'single') {
      const identifier = root.identifier(variables) ?? '';
      return {
        plan: root,
        keys: [keyRequest(root, identifier, root.match(variables) ?? null, null, caseId)],
        about: null,
      };
    }
    if (root.shape === 'batch') {
      const identifiers = root.identifiers(variables) ?? [];
      const matches = root.matches(variables);
      checkLength('matches', matches, identifiers);
      const caseIds = root.caseIds(variables);
      checkLength('caseIds', caseIds, identifiers);
      return {
        plan: root,
        keys: identifiers.map((identifier, index) =>
          keyRequest(root, identifier, matches?.[index] ?? null, caseIds?.[index] ?? null, caseId),
        ),
        about: null,
      };
    }
    if (root.shape === 'denied')
      return { plan: root, keys: deniedKeys(root, variables, caseId), about: null };
    const about = root.shape === 'log' ? readSubject(root.given(variables)['filter']) : null;
    return { plan: root, keys: [], about };
  });
}

function checkLength(
  name: string,
  list: readonly unknown[] | undefined,
  identifiers: readonly string[],
): void {
  if (list && list.length !== identifiers.length) {
    throw new UserInputError(`The list "${name}" must be as long as the list of identifiers.`);
  }
}

/** Before any is looked at: a hundred roots may share one variable with as many identifiers as a body can hold. */
function checkCount({ roots }: Plan, variables: Variables): void {
  let count = 0;
  for (const root of roots) {
    if (root.shape === 'single') count += 1;
    else if (root.shape === 'batch') count += root.identifiers(variables)?.length ?? 0;
    else if (root.shape === 'denied') count += root.asked?.identifiers(variables).length ?? 0;
    else if (root.shape === 'log') count += ROOT_LIMITS.logQueryWeight.value;
  }
  if (count > OPERATION_LIMITS.rootFields.value) throw new GatewayError('OPERATION_TOO_LARGE');
}

function checkFirsts({ firsts }: Plan, variables: Variables): void {
  for (const read of firsts) {
    const first = read(variables) ?? 0;
    if (first < 0) throw new UserInputError('The argument "first" must not be negative.');
    if (first > ROOT_LIMITS.listEntries.value) throw new GatewayError('OPERATION_TOO_LARGE');
  }
}

/** A denied root's identifiers are read for the record alone. */
function deniedKeys(
  { asked }: Extract<RootPlan, { shape: 'denied' }>,
  variables: Variables,
  caseId: string,
): readonly KeyRequest[] {
  if (!asked) return [];
  const caseIds = asked.caseIds(variables);
  return asked
    .identifiers(variables)
    .map((identifier, index) =>
      denyKey(keyRequest(asked, identifier, null, caseIds?.[index] ?? null, caseId)),
    );
}

/** The same request under a grant that does not hold its root. */
export function denyKey(request: KeyRequest): KeyRequest {
  return request.key === null ? request : { ...request, fault: NOT_GRANTED };
}

function keyRequest(
  plan: Pick<AskedIdentifiers, 'root'>,
  identifier: string,
  match: MatchFactor | null,
  ownCase: string | null,
  requestCase: string,
): KeyRequest {
  const parsed = plan.root.parse(identifier);
  // A copy: keys are remembered, and a slice of the document would keep its whole text alive.
  const key = parsed === undefined ? null : ` ${parsed}`.slice(1);
  const fault = key === null ? BAD_IDENTIFIER : null;
  const hasOwnCase = ownCase !== null;
  // Without a case of the request nobody confirms an item's: invented ones would each open a count of questions anew.
  // What is no dossier number may be anything, somebody's name too, and stays out of the log.
  const isNamed = hasOwnCase && requestCase !== '' && isCaseId(ownCase);
  const caseId = isNamed ? ownCase : hasOwnCase ? '' : requestCase;
  return { identifier, key, match, caseId, hasOwnCase, fault };
}
