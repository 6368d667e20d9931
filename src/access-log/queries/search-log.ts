import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import type { LogFilter } from '../read/search/candidates.ts';
import type { FoundEntries } from '../read/search/search-entries.ts';
import { addUp, COUNT_LIMITS, type Count, type CountedBy } from '../read/search/count-answers.ts';
import { LogUnreadable } from '../read/thread/reader-thread.ts';
import { endOfVietNamDay, startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import { findCommune } from '../../units/communes.ts';
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
  /** The office behind a registered client; undefined for a client that is no longer registered. */
  readonly officeOf: (client: string) => Office | undefined;
}

/** Codes of the office's commune, or of its province; null where it works for more than one. */
export interface Office {
  readonly unit: string | null;
  readonly province: string | null;
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
      unreadableCount: found.unreadableCount,
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
      // Who an entry is about stands in the bundle where the second approval opened that subject.
      bundle: await bundleOf(tools.reader, found.entries, filter.subject !== null),
      next: found.next && formatCursor(found.next),
      unreadable: found.unreadable.map(showUnreadable),
      unreadableCount: found.unreadableCount,
    },
    subjectsOf(filter.subject ? [filter.subject] : []),
    releasesIn(found, tools, caller),
  );
}

/** `accessLogCounts`. */
export async function countLog(
  tools: SearchTools,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  const { papers, names } = tools;
  const asked = readFilter(given['filter'], names);
  if ([asked.subject, asked.coordinate, asked.outcome, asked.answerId].some((one) => one !== null)) {
    throw new UserInputError('Counts take no entry, subject, coordinate or outcome in their filter.');
  }
  const filter = await auditScopeOf(papers(), caller, { ...asked, ...wholeDays(asked) });
  if (!filter) return isOfComplainant(papers(), caller) ? refusal('ARGUMENT_NOT_GRANTED') : reply([]);
  const after = readAfter(given['after']);
  const counts = await countsBy(tools, filter, given['by'] as GivenBy).catch(tooMany);
  const left = after === null ? counts : counts.filter(({ value }) => value > after);
  const page = left.slice(0, COUNT_LIMITS.page.value);
  const last = left.length > page.length ? page.length - 1 : -1;
  return reply(page.map((one, at) => ({ ...one, next: at === last ? cursorOf(one.value) : null })));
}

/** Units and provinces follow from the client: entries do not hold them. */
type GivenBy = CountedBy | 'UNIT' | 'PROVINCE';

async function countsBy(
  { reader, officeOf }: SearchTools,
  filter: LogFilter,
  by: GivenBy,
): Promise<readonly Count[]> {
  if (by !== 'UNIT' && by !== 'PROVINCE') return reader.counts(filter, by);
  const unitOf = (client: string): string | null => officeOf(client)?.unit ?? null;
  const provinceOf = (client: string): string | null =>
    findCommune(unitOf(client) ?? '')?.provinceCode ?? officeOf(client)?.province ?? null;
  return addUp(await reader.counts(filter, 'CLIENT'), by === 'UNIT' ? unitOf : provinceOf);
}

function cursorOf(value: string): string {
  return Buffer.from(value).toString('base64url');
}

function readAfter(given: unknown): string | null {
  return typeof given === 'string' ? Buffer.from(given, 'base64url').toString() : null;
}

function tooMany(error: unknown): never {
  if (!(error instanceof LogUnreadable) || error.code !== 'too-many-counts') throw error;
  throw new UserInputError('The filter gives too many counts: narrow it.');
}

/** Ends that move by milliseconds would tell two counts apart that differ by one answer. Days are Viet Nam's, as in orders. */
function wholeDays({ from, to }: GivenFilter): Pick<GivenFilter, 'from' | 'to'> {
  return {
    from: from === null ? null : startOfVietNamDay(vietNamDay(from)),
    to: to === null ? null : endOfVietNamDay(vietNamDay(to)),
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
    : reply({ entries: [], bundle: '', next: null, unreadable: [], unreadableCount: 0 });
}

function releasesIn({ entries }: FoundEntries, { papers }: SearchTools, caller: LogCaller) {
  return isOfComplainant(papers(), caller) ? [] : entries.map(({ answer }) => answer.head.release);
}

function namedIn({ entries }: FoundEntries, { subject }: LogFilter) {
  return subjectsOf([...(subject ? [subject] : []), ...entries.map(({ entry }) => entry.subject)]);
}
