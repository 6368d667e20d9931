import type { Limits } from '../../../config/limits.ts';
import type { Subject } from '../../../disclosure/subject.ts';
import type { IndexDatabase, SqlValue } from '../../stores/index-database.ts';
import type { StoredAnswer } from '../../stores/log-rows.ts';
import type { SubjectTags, TagRing } from '../index/subject-tags.ts';

/** The filter of a search; null stands for anything. Times are in milliseconds since 1970, both ends included. */
export interface LogFilter {
  /** Registered clients; null: all of them. */
  readonly clients: readonly string[] | null;
  readonly from: number;
  readonly until: number;
  /** `X-Access-Entry`. */
  readonly answerId: string | null;
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

/**
 * The place where a search goes on, newest first: with answers older than `time`, or of that time and, in that log, up
 * to `leaf`.
 */
export interface SearchPlace {
  readonly time: number;
  readonly log: string;
  readonly leaf: number;
}

export const CANDIDATE_LIMITS = {
  step: { value: 200, unit: 'answers', why: 'A search reads the index in steps of this size.' },
} as const satisfies Limits;

/** An answer, or an entry, that the index has found. */
export interface Candidate {
  readonly log: string;
  readonly time: number;
  /** Leaf that the candidate was found by. */
  readonly leaf: number;
  /** Release and cases of IndexedSubject; null where the search is not by subject. */
  readonly release: number | null;
  readonly cases: string | null;
}

/**
 * Finds candidates. A search by subject gives one for each entry; any other search gives one for each answer, by its
 * first leaf. `only`: of one answer alone.
 */
export async function candidatesAfter(
  { index, tags }: { readonly index: IndexDatabase; readonly tags: TagRing },
  filter: LogFilter,
  after: SearchPlace | null,
  only: Pick<StoredAnswer, 'log' | 'firstLeaf' | 'leaves'> | null = null,
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
  if (only)
    where(`log = ? AND ${leaf} >= ? AND ${leaf} < ?`, only.log, only.firstLeaf, only.firstLeaf + only.leaves);
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
     ORDER BY time DESC, log, ${leaf} DESC LIMIT ${CANDIDATE_LIMITS.step.value}`,
    values,
  );
}

/**
 * The keys whose tags the index has. It is one key, except between the retirement of a key and the moment when the last
 * log's tags are made anew.
 */
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

/**
 * Tells whether the subject may be told of the access. Before its time that needs the release of every case in whose
 * name it was read.
 */
export function isReleased({ release, cases }: Candidate, { releasedBy, releasedCases }: LogFilter): boolean {
  if (releasedBy === null || release === null || release <= releasedBy) return true;
  const all = cases === null || cases === '' ? [] : cases.split(',');
  return all.length > 0 && all.every((one) => releasedCases.includes(one));
}
