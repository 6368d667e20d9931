import { GatewayError } from '../errors.ts';
import { confirmCases } from '../plan/roots/confirm-cases.ts';
import { countOpenKeys, rootsUnder } from '../plan/roots/root-decisions.ts';
import { markUnsupported } from '../plan/roots/unsupported-roots.ts';
import { RowGate } from '../plan/rows/row-gate.ts';
import type { Principal } from '../identity/principal.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import { noteDecisions } from '../policy/grant/operation-inputs.ts';
import { createValueDecider, type ValueContext } from '../policy/grant/value-decider.ts';
import type { RecordSharing } from '../sources/records/record-sharing.ts';
import { refuseStrictly } from './decide-operation.ts';
import { advance, advanceAsync, refuseAt } from './refuse-at.ts';
import type { RequestParts } from './request-parts.ts';
import { isRefused, type Opened, type Reading, type Refused, type Reserved } from './stages.ts';
import { timed } from '../telemetry/timed.ts';

/**
 * Before any row is read: confirms the cases, decides what arguments may be, which may depend on the case, and charges the
 * volume.
 */
export async function openRows(parts: RequestParts, reserved: Reserved): Promise<Opened | Refused> {
  const { log } = parts;
  const reading = advance(log, reserved, () => admitApplicant(beginReading(parts, reserved)));
  if (isRefused(reading)) return reading;
  const confirmed = await advanceAsync(log, reading, () => confirm(parts, reading));
  if (isRefused(confirmed)) return confirmed;
  const decidedAgain = advance(log, confirmed, () => decideValues(parts, confirmed));
  if (isRefused(decidedAgain)) return decidedAgain;
  const unrefused = advance(log, decidedAgain, refuseStrictly);
  if (isRefused(unrefused)) return unrefused;
  const opened: Opened = { ...unrefused, roots: rootsUnder(unrefused.plan, unrefused.roots) };
  return advance(log, opened, () => {
    parts.quota.charge(opened.agreement, countOpenKeys(opened.roots));
    return opened;
  });
}

function beginReading(parts: RequestParts, reserved: Reserved): Reading {
  const { principal, agreement } = reserved;
  const reader = parts.sources.createReader({
    agreement: `${agreement.id}@${agreement.version}`,
    client: principal.client.id,
    purpose: agreement.purpose,
    officer: principal.officer,
    sharing: sharingOf(principal, agreement),
    maxAgeMs: agreement.recordAgeSeconds === null ? null : agreement.recordAgeSeconds * 1_000,
    staleAgeMs: agreement.staleAgeSeconds === null ? null : agreement.staleAgeSeconds * 1_000,
    // Counted from here: however slowly the body came, the registers have their whole time.
    deadlineAt: performance.now() + parts.requestTimeoutMs,
  });
  const { rights } = reserved;
  const roots = markUnsupported(reserved.roots, rights, parts.bindings.lookUpOf, reader);
  return { ...reserved, roots, reader, gate: new RowGate(reader, rights) };
}

/** A citizen for whom a portal acts is the applicant: the own family may be seen as in a dossier. */
function admitApplicant(reading: Reading): Reading {
  const { isDelegated, subject } = reading.principal;
  if (isDelegated) reading.gate.admitParties([subject, ...reading.confirmed], reading.rights.caseId);
  return reading;
}

/**
 * Covert accesses leave no trace in what others can time. Citizens must not learn from the duration of their own
 * look-ups that somebody has just read their records.
 */
function sharingOf({ kind }: Principal, { withheldDays }: Agreement): RecordSharing {
  if (withheldDays !== null) return 'alone';
  return kind === 'citizen' ? 'fills' : 'shared';
}

async function confirm(parts: RequestParts, reading: Reading): Promise<Opened | Refused> {
  const { agreement, head, plan, principal, reader, gate } = reading;
  const unconfirmed = {
    ...reading,
    receivedOn: new Map<string, string>(),
    papersAsked: new Set<string>(),
    reason: null,
  };
  const { caseId } = head;
  // Without an answer no register is asked who is whose relative or party.
  if (plan.leavesNothing) return unconfirmed;
  if (!plan.asksData || !agreement.needsCase || caseId === undefined) return unconfirmed;
  const { roots, receivedOn, papersAsked, fault, itemFaults } = await timed(parts.metrics, 'case', () =>
    confirmCases(reading.roots, {
      service: parts.cases,
      bindings: parts.bindings,
      agreement,
      clientId: principal.client.id,
      officer: principal.officer,
      unit: principal.unit,
      caseId,
      reader,
      gate,
      findings: gate.caseFindings,
    }),
  );
  if (fault) return refuseAt(parts.log, reading, new GatewayError('CASE_NOT_VALID'), fault);
  return {
    ...reading,
    roots,
    receivedOn,
    papersAsked,
    reason: itemFaults.length > 0 ? itemFaults.join(' ') : null,
  };
}

/** Compiles the plan of this one request where the agreement lists what arguments may be. */
function decideValues({ operations }: RequestParts, opened: Opened): Opened {
  if (!opened.plan.isRestricted) return opened;
  const { values, noted } = noteDecisions(createValueDecider(opened.variables, valueContextOf(opened)));
  const plan = operations.compile(opened, values);
  return { ...opened, plan, operationInputs: operations.inputsOf(opened, noted()) };
}

/** An argument stands once for all dossiers, so that their date counts only where it is one and the same. */
function valueContextOf({ receivedOn, rights }: Opened): ValueContext {
  const [date = null, ...others] = new Set(receivedOn.values());
  return {
    today: rights.today,
    dossierDate: others.length > 0 ? null : date,
    ownUnit: rights.callerUnit,
  };
}
