import { GatewayError } from '../errors.ts';
import { coerceVariables } from '../operation/coerce-variables.ts';
import { isTellableName } from '../operation/tellable-name.ts';
import { denyRoots } from '../plan/roots/root-decisions.ts';
import { readRootRequests } from '../plan/roots/root-requests.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import { forApplicant } from '../policy/agreement/for-applicant.ts';
import { selectAgreement } from '../policy/agreement/select-agreement.ts';
import { CASE_ID_FORM, isCaseId } from '../policy/case/case.ts';
import { advance, refuseAt } from './refuse-at.ts';
import type { RequestParts } from './request-parts.ts';
import { isRefused, type Agreed, type Decided, type Parsed, type Received, type Refused } from './stages.ts';

/** Apollo hands this on once the document is valid and has the operation. */
export type ParsedOperation = Pick<Parsed, 'document' | 'operation' | 'inputs' | 'confirmed'>;

/** Decides the operation before any call: which agreement holds, what it grants, and which identifiers may be asked. */
export function decideOperation(
  parts: RequestParts,
  received: Received,
  operation: ParsedOperation,
): Decided | Refused {
  const { log } = parts;
  const parsed = nameOperation(parts, received, operation);
  const agreed = advance(log, parsed, () => agree(parts, parsed));
  if (isRefused(agreed)) return agreed;
  const { agreement, head } = agreed;
  if (agreement.needsCase && head.caseId === undefined) {
    return refuseAt(log, agreed, new GatewayError('CASE_REQUIRED'));
  }
  if (agreement.needsCase && !isCaseId(head.caseId ?? '')) {
    return refuseAt(log, agreed, new GatewayError('CASE_NOT_VALID', { message: CASE_ID_FORM }), 'malformed');
  }
  const decided = advance(log, agreed, () => decide(parts, agreed));
  return isRefused(decided) ? decided : advance(log, decided, refuseStrictly);
}

/** Only what was checked as a dossier number stands in the registers' logs and in ours. */
export function caseIdOf({ agreement, head }: Agreed): string {
  return agreement.needsCase ? (head.caseId ?? '') : '';
}

/** Under a strict agreement one cut field refuses the whole operation. Throws STRICT_DENIED. */
export function refuseStrictly<Stage extends Decided>(decided: Stage): Stage {
  const { agreement, plan } = decided;
  if (plan.asksData && agreement.isStrict && plan.hasDenials) throw new GatewayError('STRICT_DENIED');
  return decided;
}

function nameOperation({ operations }: RequestParts, received: Received, parsed: ParsedOperation): Parsed {
  const name = parsed.operation.name?.value;
  return {
    ...received,
    ...parsed,
    operationText: operations.textOf(parsed.document),
    operationName: name !== undefined && isTellableName(name) ? name : null,
  };
}

function agree(parts: RequestParts, parsed: Parsed): Agreed {
  const variables = coerceVariables(parts.schema, parsed.operation, parsed.inputs);
  return { ...parsed, variables, agreement: chooseAgreement(parts, parsed) };
}

function chooseAgreement(parts: RequestParts, parsed: Parsed): Agreement {
  const { operations } = parts;
  const asksData = operations.asksData(parsed.document, parsed.operation);
  return asksData ? agreementFor(parts, parsed) : operations.nothingGranted;
}

/** The agreement under which a caller asks data. Throws as selectAgreement does. */
export function agreementFor(
  { agreements }: RequestParts,
  { principal, head, receivedAt }: Received,
): Agreement {
  const { client, isDelegated } = principal;
  agreements.assertConfirmed();
  const caller = { clientId: client.id, kind: client.kind };
  const agreement = selectAgreement(agreements.current(), caller, head.purpose, receivedAt);
  return isDelegated ? forApplicant(agreement) : agreement;
}

function decide({ operations }: RequestParts, agreed: Agreed): Decided {
  const plan = operations.prepare(agreed);
  const asked = readRootRequests(plan, agreed.variables, caseIdOf(agreed));
  return {
    ...agreed,
    plan,
    roots: denyRoots(asked, agreed.agreement, { ...agreed.principal, confirmed: agreed.confirmed }),
    operationInputs: operations.inputsOf(agreed),
  };
}
