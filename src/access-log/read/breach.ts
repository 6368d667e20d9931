import { setImmediate as giveTurn } from 'node:timers/promises';
import type { Subject } from '../../disclosure/subject.ts';
import type { AnswerOpenings } from '../sealed-openings.ts';
import type { IndexDatabase, SqlValue } from '../stores/index-database.ts';
import type { FullGroup, LogRows } from '../stores/log-rows.ts';
import { opensCommitment } from '../format/commitment.ts';
import { GroupPace } from './group-pace.ts';
import { AccessLogNotGenuine, type GroupOpener } from './opened-answer.ts';
import { addAnswerConditions, type LogFilter } from './search.ts';
import { SubjectSet } from './subject-set.ts';

/** Everything that a client, an officer or a token key was told within a time. */
export interface Breach {
  readonly answers: number;
  /** Entries that disclosed something. */
  readonly entries: number;
  readonly subjects: SubjectSet;
  /** Entries by schema coordinate whose values were disclosed. */
  readonly coordinates: ReadonlyMap<string, number>;
  readonly first: number | null;
  readonly last: number | null;
  /** Latest time from which on subjects are told of it; null where they are of all. */
  readonly release: number | null;
}

const ANSWERS_A_STEP = 5_000;
const ENTRIES_A_STEP = 20_000;

interface Candidate {
  readonly time: number;
  readonly firstLeaf: number;
}

export interface BreachParts {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
  readonly opener: GroupOpener;
}

/** Reads every entry of the filter once, log by log, in bounded memory but for the subjects' keys. */
export async function findBreach(parts: BreachParts, filter: LogFilter): Promise<Breach> {
  const counting = new BreachCount();
  const pace = new GroupPace(ENTRIES_A_STEP);
  for (const log of await parts.rows.logs()) {
    let after = { time: filter.from, firstLeaf: -1 };
    for (;;) {
      const candidates = await candidatesAfter(parts.index, filter, log, after);
      const last = candidates.at(-1);
      if (!last) break;
      const inLog = candidates.toSorted((one, other) => one.firstLeaf - other.firstLeaf);
      await countAll({ ...parts, pace }, log, inLog, counting);
      after = last;
    }
  }
  return counting;
}

/** In the order of time, as the indexes have them: in the log's own, each step would sort all that is left. */
function candidatesAfter(
  index: IndexDatabase,
  filter: LogFilter,
  log: string,
  after: { readonly time: number; readonly firstLeaf: number },
): Promise<readonly Candidate[]> {
  const conditions = ['log = ?', '(time, first_leaf) > (?, ?)', 'time <= ?', "outcome = 'answered'"];
  const values: SqlValue[] = [log, after.time, after.firstLeaf, filter.until];
  addAnswerConditions(filter, (condition, ...given) => {
    conditions.push(condition);
    values.push(...given);
  });
  return index.all<Candidate>(
    `SELECT time, first_leaf AS "firstLeaf" FROM ${index.schema}answers
     WHERE ${conditions.join(' AND ')} ORDER BY time, first_leaf LIMIT ${ANSWERS_A_STEP}`,
    values,
  );
}

async function countAll(
  { rows, opener, pace }: BreachParts & { readonly pace: GroupPace },
  log: string,
  candidates: readonly Candidate[],
  counting: BreachCount,
): Promise<void> {
  const wanted = new Set(candidates.map(({ firstLeaf }) => firstLeaf));
  let leaf = candidates[0]?.firstLeaf ?? 0;
  const end = candidates.at(-1)?.firstLeaf ?? -1;
  const gap = (end - leaf) / candidates.length;
  for (const candidate of candidates) {
    if (candidate.firstLeaf < leaf) continue;
    leaf = candidate.firstLeaf;
    // SQLite answers at once: without a turn for others, a report over years would hold up every citizen's question.
    await giveTurn();
    const groups = await rows.groupsFrom(log, leaf, pace.groupsFor(gap));
    pace.note(groups);
    if (groups.length === 0) break;
    const unknown = opener.missing(groups.map(({ sealKey }) => sealKey));
    if (unknown.length > 0) opener.learn(await rows.sealKeys(unknown));
    for (const group of groups) {
      if (group.firstLeaf > end) break;
      if (group.answers.some(({ firstLeaf }) => wanted.has(firstLeaf)))
        countGroup(opener, group, wanted, counting);
      leaf = group.firstLeaf + group.leaves;
    }
  }
}

function countGroup(
  opener: GroupOpener,
  group: FullGroup,
  wanted: ReadonlySet<number>,
  counting: BreachCount,
): void {
  const opened = opener.open(group);
  for (const [place, answer] of group.answers.entries()) {
    if (!wanted.has(answer.firstLeaf)) continue;
    const openings = opened?.[place];
    if (!openings) throw new AccessLogNotGenuine(answer.id);
    counting.add(answer, openings);
  }
}

/** What a tail holds that a breach needs. */
interface Tail {
  readonly commitments: { readonly subject: string };
  readonly outcome: string;
  readonly disclosed: readonly { readonly coordinates: readonly string[]; readonly status: string }[];
}

class BreachCount implements Breach {
  answers = 0;
  entries = 0;
  first: number | null = null;
  last: number | null = null;
  release: number | null = null;
  readonly subjects = new SubjectSet();
  readonly coordinates = new Map<string, number>();

  add(answer: FullGroup['answers'][number], openings: AnswerOpenings): void {
    let hasDisclosed = false;
    for (const [n, tail] of answer.tails.split('\n').entries()) {
      const { commitments, outcome, disclosed } = JSON.parse(`{"answer":0${tail}}`) as Tail;
      // Without a field, it was disclosed that the subject exists.
      if (outcome !== 'disclosed') continue;
      const opening = openings.entries[n]?.subject;
      if (!opening || !opensCommitment(commitments.subject, 'subject', opening.salt, opening.value)) {
        throw new AccessLogNotGenuine(answer.id);
      }
      hasDisclosed = true;
      this.entries += 1;
      this.subjects.add(JSON.parse(opening.value) as Subject);
      for (const { coordinates } of disclosed) {
        for (const one of coordinates) this.coordinates.set(one, (this.coordinates.get(one) ?? 0) + 1);
      }
    }
    if (!hasDisclosed) return;
    this.answers += 1;
    this.first = Math.min(this.first ?? Infinity, answer.time);
    this.last = Math.max(this.last ?? 0, answer.time);
    // Within a string its quotes would be escaped.
    const release = /"release":(\d+)/.exec(answer.head)?.[1];
    if (release !== undefined) this.release = Math.max(this.release ?? 0, Number(release));
  }
}
