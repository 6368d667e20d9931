import type { Subject } from '../../disclosure/subject.ts';
import type { IndexDatabase, SqlValue } from '../stores/index-database.ts';
import type { LogRows } from '../stores/log-rows.ts';
import type { AnswerOpener } from './answer-opener.ts';
import type { OpenedAnswer, OpenedEntry } from './opened-answer.ts';
import type { SubjectTags, TagRing } from './subject-tags.ts';
import { unreadableBetween, type Unreadable } from './unreadable.ts';

/** What is searched for; null stands for anything. Times in milliseconds since 1970, both ends included. */
export interface LogFilter {
  /** Registered clients; null: all of them. */
  readonly clients: readonly string[] | null;
  readonly from: number;
  readonly until: number;
  readonly officer: string | null;
  readonly tokenKey: string | null;
  readonly purpose: string | null;
  readonly caseId: string | null;
  readonly register: string | null;
  readonly coordinate: string | null;
  /** Outcome of an entry, as only the sealed part may tell. */
  readonly outcome: string | null;
  readonly subject: Subject | null;
  /** Leaves out entries that subjects are not told of yet, as of this time. */
  readonly releasedBy: number | null;
  /** Cases whose accesses are released before that. */
  readonly releasedCases: readonly string[];
  /** Leaves out what this citizen asked. */
  readonly notAskedBy: string | null;
}

/** Where a search goes on, newest first: with what is older than `time`, or of that time and, in that log, up to `leaf`. */
export interface SearchPlace {
  readonly time: number;
  readonly log: string;
  readonly leaf: number;
}

export interface FoundEntry {
  readonly answer: OpenedAnswer;
  readonly entry: OpenedEntry;
}

export interface FoundEntries {
  readonly entries: readonly FoundEntry[];
  /** Where the next page goes on; null at the end. */
  readonly next: SearchPlace | null;
  /** Within the filter's time, on whatever page: what may be missing. */
  readonly unreadable: readonly Unreadable[];
}

/** Answers that one page looks at: beyond, the caller asks on from where it stopped. */
const ANSWERS_A_PAGE = 5_000;
const ANSWERS_A_STEP = 200;
/** Each may be in a group of its own, which is opened whole: a page seldom needs all of a step. */
const OPENED_AT_ONCE = 25;

export interface SearchParts {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
  readonly opener: AnswerOpener;
  readonly tags: TagRing;
}

interface Candidate {
  readonly log: string;
  readonly time: number;
  /** Leaf that the candidate was found by. */
  readonly leaf: number;
  /** As IndexedSubject has them; null where the search is not by subject. */
  readonly release: number | null;
  readonly cases: string | null;
}

/** One page of entries, newest first. Everything must be indexed before (Indexer.catchUp). */
export async function searchEntries(
  parts: SearchParts,
  filter: LogFilter,
  page: { readonly first: number; readonly after: SearchPlace | null },
  answersAPage = ANSWERS_A_PAGE,
): Promise<FoundEntries> {
  const found: FoundEntry[] = [];
  const unreadable = [...(await unreadableBetween(parts.index, filter))];
  let place = page.after;
  let looked = 0;
  for (;;) {
    const candidates = await candidatesAfter(parts, filter, place);
    // Neither where a page ends nor how long it takes must tell of what is withheld: that is not even opened.
    const released = candidates.filter((candidate) => isReleased(candidate, filter));
    for await (const { answer, candidate } of openInTurn(parts, released)) {
      looked += 1;
      if (!answer) {
        unreadable.push(unreadableAt(candidate));
        continue;
      }
      for (const entry of entriesOf(answer, filter, candidate, page.after)) {
        const last = found.at(-1);
        // One more than the page holds tells that there is a next one.
        if (last && found.length === page.first) {
          return { entries: found, next: placeOf(last.answer, last.entry), unreadable };
        }
        found.push({ answer, entry });
      }
      if (looked === answersAPage) {
        return {
          entries: found,
          next: { time: candidate.time, log: candidate.log, leaf: candidate.leaf - 1 },
          unreadable,
        };
      }
    }
    const last = candidates.at(-1);
    if (!last || candidates.length < ANSWERS_A_STEP) return { entries: found, next: null, unreadable };
    place = { time: last.time, log: last.log, leaf: last.leaf - 1 };
  }
}

function placeOf(answer: OpenedAnswer, entry: OpenedEntry): SearchPlace {
  return { time: answer.head.time, log: answer.log, leaf: entry.index - 1 };
}

/** By subject an entry each; otherwise an answer each, by its first leaf. */
async function candidatesAfter(
  { index, tags }: SearchParts,
  filter: LogFilter,
  after: SearchPlace | null,
): Promise<readonly Candidate[]> {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...given: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  const isBySubject = filter.subject !== null;
  const leaf = isBySubject ? 'leaf' : 'first_leaf';
  where('time >= ?', filter.from);
  where('time <= ?', Math.min(filter.until, after?.time ?? filter.until));
  if (after) {
    // An answer that the page before broke off in the middle of is looked at again.
    where(
      `(time < ? OR (time = ? AND (log > ? OR (log = ? AND ${leaf} <= ?))))`,
      after.time,
      after.time,
      after.log,
      after.log,
      after.leaf,
    );
  }
  if (filter.subject !== null) {
    const { subject } = filter;
    const span = await indexedSpan(index);
    // A tag a month: of the months that there are, however wide the filter is.
    const from = Math.max(filter.from, span.from);
    const until = Math.min(filter.until, span.until);
    const wanted = (await tagsIn(index, tags)).flatMap((one) => one.between(subject, from, until));
    if (wanted.length === 0) return [];
    where(`tag IN (${wanted.map(() => '?').join()})`, ...wanted);
  } else {
    addAnswerConditions(filter, where);
  }
  const table = isBySubject ? 'subjects' : 'answers';
  const withheld = isBySubject ? 'release, cases' : 'NULL AS release, NULL AS cases';
  return index.all<Candidate>(
    `SELECT log, time, ${leaf} AS leaf, ${withheld} FROM ${index.schema}${table} WHERE ${conditions.join(' AND ')}
     ORDER BY time DESC, log, ${leaf} DESC LIMIT ${ANSWERS_A_STEP}`,
    values,
  );
}

/** Those that the index has tags of: of one key, but for the time between its retirement and the making anew of the last log's. */
async function tagsIn(index: IndexDatabase, tags: TagRing): Promise<readonly SubjectTags[]> {
  const keys = await index.all<{ readonly key: string }>(
    `SELECT DISTINCT tag_key AS "key" FROM ${index.schema}progress`,
    [],
  );
  return keys.flatMap(({ key }) => tags.named(key) ?? []);
}

/** First and last time in the index; 1 and 0 where there is none. */
async function indexedSpan(index: IndexDatabase): Promise<{ readonly from: number; readonly until: number }> {
  const [span] = await index.all<{ readonly from: number | null; readonly until: number | null }>(
    `SELECT (SELECT min(time) FROM ${index.schema}answers) AS "from", (SELECT max(time) FROM ${index.schema}answers) AS until`,
    [],
  );
  return { from: span?.from ?? 1, until: span?.until ?? 0 };
}

export function addAnswerConditions(
  filter: LogFilter,
  where: (condition: string, ...given: SqlValue[]) => void,
): void {
  const { clients, officer, tokenKey, purpose, caseId, register } = filter;
  if (clients !== null) where(`client IN (${clients.map(() => '?').join() || 'NULL'})`, ...clients);
  if (officer !== null) where('officer = ?', officer);
  if (tokenKey !== null) where('token_key = ?', tokenKey);
  if (purpose !== null) where('purpose = ?', purpose);
  if (caseId !== null) where('case_id = ?', caseId);
  if (register !== null) where('registers LIKE ?', `%,${register},%`);
}

interface OpenedCandidate {
  /** Null where it does not open. */
  readonly answer: OpenedAnswer | null;
  readonly candidate: Candidate;
}

async function* openInTurn(
  parts: SearchParts,
  candidates: readonly Candidate[],
): AsyncGenerator<OpenedCandidate> {
  for (let at = 0; at < candidates.length; at += OPENED_AT_ONCE) {
    yield* await openCandidates(parts, candidates.slice(at, at + OPENED_AT_ONCE));
  }
}

async function openCandidates(
  { rows, opener }: SearchParts,
  candidates: readonly Candidate[],
): Promise<readonly OpenedCandidate[]> {
  const byLog = new Map<string, number[]>();
  for (const { log, leaf } of candidates) {
    const leaves = byLog.get(log);
    if (leaves) leaves.push(leaf);
    else byLog.set(log, [leaf]);
  }
  const opened = new Map<string, OpenedAnswer[]>();
  const firstKept = new Map<string, number>();
  for (const [log, leaves] of byLog) {
    const answers = await opener.openAll(await rows.answersAt(log, leaves));
    opened.set(
      log,
      answers.filter((answer) => answer !== null),
    );
    firstKept.set(log, (await rows.firstAnswer(log)) ?? Infinity);
  }
  return candidates.flatMap((candidate) => {
    const answer = opened
      .get(candidate.log)
      ?.find(
        ({ firstLeaf, entries }) =>
          firstLeaf <= candidate.leaf && candidate.leaf < firstLeaf + entries.length,
      );
    // What was removed after its time leaves the index a moment later.
    const isRemoved = !answer && candidate.leaf < (firstKept.get(candidate.log) ?? 0);
    return isRemoved ? [] : [{ answer: answer ?? null, candidate }];
  });
}

function unreadableAt({ log, leaf, time }: Candidate): Unreadable {
  return { log, firstLeaf: leaf, leaves: 1, since: time, until: time };
}

/** Of one candidate's answer, last first. */
function entriesOf(
  answer: OpenedAnswer,
  filter: LogFilter,
  candidate: Candidate,
  after: SearchPlace | null,
): readonly OpenedEntry[] {
  if (!fitsAnswer(answer, filter)) return [];
  const entries =
    filter.subject === null
      ? answer.entries.toReversed()
      : answer.entries.filter(({ index }) => index === candidate.leaf);
  const isBrokenOff = after?.log === answer.log && after.time === answer.head.time;
  return entries.filter((entry) => (!isBrokenOff || entry.index <= after.leaf) && fitsEntry(entry, filter));
}

/** The index finds by subject alone, then. */
function fitsAnswer({ head, citizen }: OpenedAnswer, filter: LogFilter): boolean {
  const { caller, purpose } = head;
  return (
    head.time >= filter.from &&
    head.time <= filter.until &&
    (filter.clients === null || filter.clients.includes(caller.client)) &&
    (filter.officer === null || filter.officer === caller.officer) &&
    (filter.tokenKey === null || filter.tokenKey === caller.key) &&
    (filter.purpose === null || filter.purpose === purpose) &&
    (filter.caseId === null || filter.caseId === head.case) &&
    (filter.notAskedBy === null || citizen !== filter.notAskedBy)
  );
}

/** Whether its subject may be told of it: before its time, once every case is released in whose name it was read. */
function isReleased({ release, cases }: Candidate, { releasedBy, releasedCases }: LogFilter): boolean {
  if (releasedBy === null || release === null || release <= releasedBy) return true;
  const all = cases === null || cases === '' ? [] : cases.split(',');
  return all.length > 0 && all.every((one) => releasedCases.includes(one));
}

function fitsEntry(entry: OpenedEntry, { register, coordinate, outcome, subject }: LogFilter): boolean {
  return (
    // Of one part both: a register's owner must not learn by coordinate what another one disclosed.
    ((register === null && coordinate === null) ||
      entry.disclosed.some(
        (part) =>
          (register === null || part.register === register) &&
          (coordinate === null || part.coordinates.includes(coordinate)),
      )) &&
    (outcome === null || entry.outcome === outcome) &&
    (subject === null || (entry.subject.kind === subject.kind && entry.subject.key === subject.key))
  );
}
