import { vietNamDay, startOfVietNamDay, endOfVietNamDay } from '../../log-format/viet-nam-time.ts';
import {
  paperFor,
  type AuditOrder,
  type AuditPapers,
  type Complaint,
} from '../../policy/case/audit-order.ts';
import { complaintSubject } from '../../policy/case/complaint-subject.ts';
import type { Subject } from '../../disclosure/subject.ts';
import { GatewayError } from '../../errors.ts';
import type { LogFilter } from '../read/search/candidates.ts';
import type { GivenFilter } from './filter-arguments.ts';
import type { LogCaller } from './log-query.ts';

/** Everything, from the first entry to the last. */
export const EVERYTHING: LogFilter = {
  clients: null,
  from: 0,
  until: Number.MAX_SAFE_INTEGER,
  answerId: null,
  officer: null,
  tokenKey: null,
  purpose: null,
  caseId: null,
  register: null,
  coordinate: null,
  outcome: null,
  subject: null,
  releasedBy: null,
  releasedCases: [],
  notAskedBy: null,
};

/** The order or complaint that the auditor works under. Throws CASE_REQUIRED and CASE_NOT_VALID. */
export function paperOf(papers: AuditPapers, caller: LogCaller): AuditOrder | Complaint {
  if (caller.caseId === undefined) throw new GatewayError('CASE_REQUIRED');
  const paper = paperFor(papers, caller.caseId, caller, vietNamDay(caller.now));
  if (!paper) throw new GatewayError('CASE_NOT_VALID');
  return paper;
}

/**
 * Tells whether the caller looks at the log for the person that a complaint is about. That look is never withheld: if
 * it were withheld where it shows something covert, the complainant would see by its absence that there is something.
 */
export function isOfComplainant(papers: AuditPapers, caller: LogCaller): boolean {
  return caller.kind === 'auditor' && 'subject' in paperOf(papers, caller);
}

/**
 * The part of the filter that the caller may see; null where that is nothing, or where the search is not open to the
 * caller.
 */
export async function auditScopeOf(
  papers: AuditPapers,
  caller: LogCaller,
  given: GivenFilter,
): Promise<LogFilter | null> {
  if (caller.kind === 'owner') return given.subject ? null : ownersScope(caller, given);
  if (caller.kind !== 'auditor') return null;
  const paper = paperOf(papers, caller);
  if ('subject' in paper) return (await isComplainant(paper, given.subject)) ? wanted(given) : null;
  if (given.subject && !paper.isApprovedBySubject) return null;
  return withinOrder(paper, wanted(given));
}

/** Tells whether the auditor may see the entry of this answer. */
export async function mayReplay(
  papers: AuditPapers,
  caller: LogCaller,
  entry: { readonly client: string; readonly time: number; readonly subject: Subject },
): Promise<boolean> {
  const paper = paperOf(papers, caller);
  if ('subject' in paper) return isComplainant(paper, entry.subject);
  const scope = withinOrder(paper, EVERYTHING);
  if (!scope) return false;
  const { clients, from, until } = scope;
  return (clients === null || clients.includes(entry.client)) && from <= entry.time && entry.time <= until;
}

async function isComplainant({ number, subject }: Complaint, asked: Subject | null): Promise<boolean> {
  return asked?.kind === 'person' && (await complaintSubject(number, asked.key)) === subject;
}

function ownersScope({ register }: LogCaller, given: GivenFilter): LogFilter | null {
  if (register === null || (given.register !== null && given.register !== register)) return null;
  return { ...wanted(given), register };
}

/** Days are Viet Nam's, from their first moment to their last. */
export function withinOrder(order: AuditOrder, filter: LogFilter): LogFilter | null {
  const { agencies } = order;
  const clients =
    filter.clients === null || agencies === null
      ? (filter.clients ?? agencies)
      : filter.clients.filter((client) => agencies.includes(client));
  const from = Math.max(filter.from, startOfVietNamDay(order.from));
  const until = Math.min(filter.until, endOfVietNamDay(order.until));
  return from > until || clients?.length === 0 ? null : { ...filter, clients, from, until };
}

function wanted(given: GivenFilter): LogFilter {
  const { answerId, officer, purpose, caseId, register, coordinate, outcome, subject } = given;
  return {
    ...EVERYTHING,
    clients: given.client === null ? null : [given.client],
    from: given.from ?? EVERYTHING.from,
    until: given.to ?? EVERYTHING.until,
    answerId,
    officer,
    purpose,
    caseId,
    register,
    coordinate,
    outcome,
    subject,
  };
}
