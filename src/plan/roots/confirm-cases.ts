import type { Agreement } from '../../policy/agreement/agreement.ts';
import {
  decideCase,
  isCaseId,
  subjectsNotParties,
  type CaseFacts,
  type CaseFault,
  type CaseInquiry,
} from '../../policy/case/case.ts';
import type { CaseService } from '../../sources/dossier/dossier-service.ts';
import type { RecordReader } from '../../sources/records/record-reader.ts';
import { reachFromParty } from './reach-from-party.ts';
import type { KeyRequest, RootRequest } from './root-requests.ts';
import type { CaseFindings } from '../../policy/row-rules/caller-findings.ts';
import type { RowGate } from '../rows/row-gate.ts';
import type { SchemaBindings } from '../schema/schema-bindings.ts';

export interface CaseContext {
  readonly service: CaseService;
  readonly bindings: SchemaBindings;
  readonly agreement: Agreement;
  readonly clientId: string;
  readonly officer: string;
  readonly unit: string | null;
  /** The request's own case. */
  readonly caseId: string;
  readonly reader: RecordReader;
  readonly gate: RowGate;
  /** Takes what the dossiers tell about persons, for the access log; absent: nobody keeps it. */
  readonly findings?: CaseFindings;
}

export interface ConfirmedCases {
  /** Items whose own case does not open the data carry CASE_NOT_VALID. */
  readonly roots: readonly RootRequest[];
  /** Day on which each dossier that opens anything was received, `yyyy-mm-dd`. */
  readonly receivedOn: ReadonlyMap<string, string>;
  /** Names of the papers that the office asked for in the request's own dossier. */
  readonly papersAsked: ReadonlySet<string>;
  /** Why the request as a whole is refused; null where any of it goes on. */
  readonly fault: CaseFault | null;
  /** Why items are denied, each reason once: for the log. */
  readonly itemFaults: readonly CaseFault[];
}

interface Subject {
  readonly type: string;
  readonly key: string;
}

/** A household business has its owner's key: who reaches the one has not reached the other. */
function nameOf({ type, key }: Subject): string {
  return `${type} ${key}`;
}

interface CaseOutcome {
  readonly fault: CaseFault | null;
  /** Names of subjects that are neither parties nor reached from one; empty where the case itself is at fault. */
  readonly strangers: ReadonlySet<string>;
  /** The day on which the dossier was received. Null where the case opens nothing: its date must not tell it from an unknown case. */
  readonly receivedOn: string | null;
}

/**
 * Asks the dossier service about every case of the operation and decides. A fault of the request's own case refuses
 * the whole; a fault of an item's own case is that item's, unless no item is left. Rejects with
 * CASE_SERVICE_UNAVAILABLE.
 */
export async function confirmCases(
  roots: readonly RootRequest[],
  context: CaseContext,
): Promise<ConfirmedCases> {
  const asked = new Map<string, Subject[]>();
  for (const { plan, keys } of roots) {
    if (plan.shape !== 'single' && plan.shape !== 'batch') continue;
    for (const { key, fault, caseId } of keys) {
      if (key === null || fault) continue;
      const subjects = asked.get(caseId);
      if (subjects) subjects.push({ type: plan.root.entity, key });
      else asked.set(caseId, [{ type: plan.root.entity, key }]);
    }
  }
  // Though it is about nobody asked: the answer stands on record under it, and the officer's own record is read in its name.
  if (!asked.has(context.caseId)) asked.set(context.caseId, []);
  const answered = await Promise.all(
    [...asked].map(async ([caseId, subjects]) => askAbout(caseId, subjects, context)),
  );
  // Before any row is decided: who may be seen depends on the parties of all confirmed dossiers.
  for (const { inquiry, facts } of answered) admitParties(inquiry, facts, context);
  for (const one of answered) noteFindings(one, context);
  const outcomes = new Map(
    await Promise.all(
      answered.map(async (one) => [one.inquiry.caseId, await decideOne(one, context)] as const),
    ),
  );
  const faultOf = ({ plan }: RootRequest, { key, fault, caseId }: KeyRequest): CaseFault | null => {
    if (key === null || fault || (plan.shape !== 'single' && plan.shape !== 'batch')) return null;
    const outcome = outcomes.get(caseId);
    const isStranger = outcome?.strangers.has(nameOf({ type: plan.root.entity, key }));
    return outcome?.fault ?? (isStranger ? 'not-a-party' : null);
  };
  return {
    roots: roots.map((root) => ({
      ...root,
      keys: root.keys.map((request) =>
        faultOf(root, request) === null
          ? request
          : { ...request, fault: { code: 'CASE_NOT_VALID', rule: null } },
      ),
    })),
    receivedOn: new Map(
      [...outcomes].flatMap(([caseId, { receivedOn }]) =>
        receivedOn === null ? [] : [[caseId, receivedOn]],
      ),
    ),
    papersAsked: new Set(
      answered.find(({ inquiry }) => inquiry.caseId === context.caseId)?.facts?.papersAsked ?? [],
    ),
    fault: wholeFault(roots, outcomes, context.caseId, faultOf),
    itemFaults: [
      ...new Set(
        roots.flatMap((root) => root.keys.map((key) => faultOf(root, key)).filter((one) => one !== null)),
      ),
    ],
  };
}

function wholeFault(
  roots: readonly RootRequest[],
  outcomes: ReadonlyMap<string, CaseOutcome>,
  ownCase: string,
  faultOf: (root: RootRequest, request: KeyRequest) => CaseFault | null,
): CaseFault | null {
  const own = outcomes.get(ownCase)?.fault;
  if (own) return own;
  const faults: (CaseFault | null)[] = [];
  for (const root of roots) {
    for (const request of root.keys) {
      if (request.key === null || request.fault) continue;
      const fault = faultOf(root, request);
      if (fault && !request.hasOwnCase) return fault;
      faults.push(fault);
    }
  }
  return faults.every((fault) => fault !== null) ? (faults[0] ?? null) : null;
}

interface AnsweredCase {
  readonly subjects: readonly Subject[];
  readonly inquiry: CaseInquiry;
  /** The dossier service's answer; null: it has no such dossier. */
  readonly facts: CaseFacts | null;
}

async function askAbout(
  caseId: string,
  subjects: readonly Subject[],
  { service, agreement, clientId, officer, unit }: CaseContext,
): Promise<AnsweredCase> {
  const keys = [...new Set(subjects.map(({ key }) => key))];
  const inquiry = { caseId, clientId, officer, purpose: agreement.purpose, unit, subjects: keys };
  return { subjects, inquiry, facts: isCaseId(caseId) ? await service.ask(inquiry) : null };
}

function admitParties(inquiry: CaseInquiry, facts: CaseFacts | null, { agreement, gate }: CaseContext): void {
  const fault = decideCase(facts, inquiry, agreement.procedures);
  if (!facts || (fault !== null && fault !== 'not-a-party')) return;
  const persons = facts.partiesListed.flatMap(({ kind, key }) => (kind === 'person' ? [key] : []));
  gate.admitParties(persons, inquiry.caseId);
}

/** A household business has its owner's key, and is no person. */
function isPerson({ type, key }: Subject, { bindings }: CaseContext): boolean {
  return bindings.entities.get(type)?.subject?.(key) === 'person';
}

function noteFindings({ subjects, facts }: AnsweredCase, context: CaseContext): void {
  if (!facts) return;
  const asked = subjects.flatMap((one) => (isPerson(one, context) ? [one.key] : []));
  const listed = facts.partiesListed.flatMap(({ kind, key }) => (kind === 'person' ? [key] : []));
  context.findings?.note([...listed, ...asked.filter((key) => facts.parties.has(key))], asked);
}

async function decideOne(
  { subjects, inquiry, facts }: AnsweredCase,
  context: CaseContext,
): Promise<CaseOutcome> {
  const nobody = new Set<string>();
  const { agreement } = context;
  const { caseId } = inquiry;
  const fault = decideCase(facts, inquiry, agreement.procedures);
  if (fault === null && facts) {
    return { fault, strangers: nobody, receivedOn: subjects.length > 0 ? facts.receivedOn : null };
  }
  if (fault !== 'not-a-party' || !facts) return { fault, strangers: nobody, receivedOn: null };
  const others = new Set(subjectsNotParties(facts, inquiry));
  const strangers = new Set(subjects.filter(({ key }) => others.has(key)).map(nameOf));
  for (const type of new Set(subjects.map((subject) => subject.type))) {
    const targets = new Set(
      subjects.flatMap((one) => (one.type === type && others.has(one.key) ? [one.key] : [])),
    );
    const { bindings, reader, gate } = context;
    const walk = { parties: facts.partiesListed, grant: agreement.grant, targetType: type, targets, caseId };
    for (const key of await reachFromParty(walk, bindings, reader, gate)) {
      strangers.delete(nameOf({ type, key }));
      if (isPerson({ type, key }, context)) context.findings?.noteReached(key);
    }
  }
  const opensNothing = subjects.every((one) => strangers.has(nameOf(one)));
  return { fault: null, strangers, receivedOn: opensNothing ? null : facts.receivedOn };
}
