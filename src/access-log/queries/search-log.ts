import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import type { LogFilter } from '../read/search/candidates.ts';
import type { FoundEntries } from '../read/search/search-entries.ts';
import type { CountedBy } from '../read/search/count-answers.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { isOfComplainant, auditScopeOf } from './audit-scope.ts';
import { bundleOf } from './export-bundle.ts';
import {
  formatCursor,
  readCursor,
  readFilter,
  readFirst,
  readSubject,
  type GivenFilter,
  type LogNames,
} from './filter-arguments.ts';
import { showEntry, showUnreadable, subjectsOf } from './log-entry.ts';
import { refusal, reply, type LogCaller, type LogQuery, type LogReply } from './log-query.ts';

export interface SearchTools {
  readonly reader: AccessLogReader;
  readonly papers: () => AuditPapers;
  readonly names: LogNames;
}

/** `accessLog`: a page of entries. */
export async function searchLog(
  tools: SearchTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  const page = await readPage(tools, given, caller);
  if (!page) return outOfScope(tools.papers(), given, caller);
  const { found, filter } = page;
  const register = caller.kind === 'owner' ? filter.register : null;
  return reply(
    {
      entries: found.entries.map(({ answer, entry }) => showEntry(answer, entry, register)),
      next: found.next && formatCursor(found.next),
      unreadable: found.unreadable.map(showUnreadable),
    },
    // An owner is not told the subjects.
    caller.kind === 'owner' ? [] : namedIn(found, filter),
    releasesIn(found, tools, caller),
  );
}

/** `accessLogExport`: the same page as bytes with proofs. */
export async function answerExportQuery(
  tools: SearchTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  const page = await readPage(tools, given, caller);
  if (!page) return outOfScope(tools.papers(), given, caller);
  const { found, filter } = page;
  return reply(
    {
      bundle: await bundleOf(tools.reader, found.entries),
      next: found.next && formatCursor(found.next),
      unreadable: found.unreadable.map(showUnreadable),
    },
    subjectsOf(filter.subject ? [filter.subject] : []),
    releasesIn(found, tools, caller),
  );
}

/** `accessLogCounts`. */
export async function countLog(
  { reader, papers, names }: SearchTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  const asked = readFilter(given['filter'], names);
  if (asked.subject !== null || asked.coordinate !== null || asked.outcome !== null) {
    throw new UserInputError('Counts take no subject, coordinate or outcome in their filter.');
  }
  const filter = await auditScopeOf(papers(), caller, { ...asked, ...wholeDays(asked) });
  if (!filter) return isOfComplainant(papers(), caller) ? refusal('ARGUMENT_NOT_GRANTED') : reply([]);
  return reply(await reader.counts(filter, given['by'] as CountedBy));
}

const DAY_MS = 86_400_000;

/** Ends that move by milliseconds would tell two counts apart that differ by one answer. */
function wholeDays({ from, to }: GivenFilter): Pick<GivenFilter, 'from' | 'to'> {
  return {
    from: from === null ? null : Math.floor(from / DAY_MS) * DAY_MS,
    to: to === null ? null : (Math.floor(to / DAY_MS) + 1) * DAY_MS - 1,
  };
}

async function readPage(
  { reader, papers, names }: SearchTools,
  given: LogQuery['given'],
  caller: LogCaller,
): Promise<{ readonly found: FoundEntries; readonly filter: LogFilter } | null> {
  const asked = readFilter(given['filter'], names);
  const page = { first: readFirst(given['first']), after: readCursor(given['after']) };
  const filter = await auditScopeOf(papers(), caller, asked);
  return filter && { found: await reader.search(filter, page), filter };
}

/**
 * The query of an auditor whose order does not open the subject is on record with that subject. A complaint opens only
 * the accesses to its own person.
 */
function outOfScope(papers: AuditPapers, given: LogQuery['given'], caller: LogCaller): LogReply {
  const subject = readSubject(given['filter']);
  return subject || isOfComplainant(papers, caller)
    ? refusal('ARGUMENT_NOT_GRANTED', subjectsOf(subject ? [subject] : []))
    : reply({ entries: [], bundle: '', next: null, unreadable: [] });
}

function releasesIn({ entries }: FoundEntries, { papers }: SearchTools, caller: LogCaller) {
  return isOfComplainant(papers(), caller) ? [] : entries.map(({ answer }) => answer.head.release);
}

function namedIn({ entries }: FoundEntries, { subject }: LogFilter) {
  return subjectsOf([...(subject ? [subject] : []), ...entries.map(({ entry }) => entry.subject)]);
}
