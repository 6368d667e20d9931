import { setImmediate as giveTurn } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import type { Subject } from '../../../disclosure/subject.ts';
import type { IndexDatabase, SqlValue } from '../../stores/index-database.ts';
import type { FullGroup, LogRows } from '../../stores/log-rows.ts';
import { opensCommitment } from '../../../log-format/commitment.ts';
import { leafText } from '../../../log-format/leaf-text.ts';
import { GroupPace } from '../index/group-pace.ts';
import { hasHash, hashesFrom, type AnswerParts, type GroupOpener } from '../opened-answer.ts';
import { addAnswerConditions, type LogFilter } from './candidates.ts';
import { SubjectSet } from '../index/subject-set.ts';
import { unreadableBetween, type UnreadableEntries } from './unreadable-entries.ts';

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
  /** Within the time asked for: what may be missing. */
  readonly unreadable: readonly UnreadableEntries[];
  /** The entries that were searched, from the first that was not removed after its time to the end. */
  readonly logs: readonly { readonly log: string; readonly from: number; readonly to: number }[];
}

export const BREACH_LIMITS = {
  answersStep: {
    value: 5_000,
    unit: 'answers',
    why: 'A breach report reads the index in steps of this size.',
  },
  entriesStep: { value: 20_000, unit: 'entries', why: 'Other queries get their turn after so many entries.' },
} as const satisfies Limits;

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
  counting.unreadable.push(...(await unreadableBetween(parts.index, filter)));
  const pace = new GroupPace(BREACH_LIMITS.entriesStep.value);
  for (const log of await parts.rows.logs()) {
    const to = (await parts.rows.end(log))?.size ?? 0;
    counting.logs.push({ log, from: (await parts.rows.firstAnswer(log)) ?? to, to });
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

/**
 * Finds candidates in the order of time, which the indexes have. In the log's own order each step would sort all that
 * is left.
 */
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
     WHERE ${conditions.join(' AND ')} ORDER BY time, first_leaf LIMIT ${BREACH_LIMITS.answersStep.value}`,
    values,
  );
}

async function countAll(
  { rows, opener, pace }: BreachParts & { readonly pace: GroupPace },
  log: string,
  candidates: readonly Candidate[],
  counting: BreachCount,
): Promise<void> {
  const wanted = new Map(candidates.map((candidate) => [candidate.firstLeaf, candidate]));
  let leaf = candidates[0]?.firstLeaf ?? 0;
  const end = candidates.at(-1)?.firstLeaf ?? -1;
  const gap = (end - leaf) / candidates.length;
  for (const candidate of candidates) {
    if (candidate.firstLeaf < leaf) continue;
    leaf = candidate.firstLeaf;
    // SQLite answers at once: without a turn for others, a report over years would hold up every citizen's query.
    await giveTurn();
    const groups = await rows.groupsFrom(log, leaf, pace.groupsFor(gap));
    pace.note(groups);
    if (groups.length === 0) break;
    await opener.learnKeysOf(groups, rows);
    for (const group of groups) {
      if (group.firstLeaf > end) break;
      if (group.answers.some(({ firstLeaf }) => wanted.has(firstLeaf)))
        countGroup(opener, group, wanted, counting);
      leaf = group.firstLeaf + group.leaves;
    }
  }
  // Indexed, and gone since; what was removed after its time leaves the index a moment later.
  const firstKept = wanted.size === 0 ? 0 : ((await rows.firstAnswer(log)) ?? Infinity);
  for (const { firstLeaf, time } of wanted.values()) {
    if (firstLeaf >= firstKept) counting.addUnreadable(log, { firstLeaf, leaves: 1, time });
  }
}

function countGroup(
  opener: GroupOpener,
  group: FullGroup,
  wanted: Map<number, Candidate>,
  counting: BreachCount,
): void {
  const opened = opener.open(group);
  for (const [place, answer] of group.answers.entries()) {
    if (!wanted.delete(answer.firstLeaf)) continue;
    const openings = opened?.[place];
    const leafHashes = hashesFrom(group, answer.firstLeaf);
    const isAdded = openings && counting.add(group.log, answer, { openings, leafHashes });
    if (isAdded !== true) counting.addUnreadable(group.log, answer);
  }
}

/** The parts of an entry's tail that a breach report needs. */
interface Tail {
  readonly commitments: { readonly subject: string };
  readonly outcome: string;
  readonly disclosed: readonly { readonly coordinates: readonly string[]; readonly status: string }[];
}

type Answer = FullGroup['answers'][number];

interface Disclosure {
  /** Canonical JSON. */
  readonly subject: string;
  readonly coordinates: readonly string[];
}

/** The disclosures of an answer; null where an entry does not open or is not the one that was written. */
function disclosuresIn(
  log: string,
  { head, tails, firstLeaf }: Answer,
  { openings, leafHashes }: AnswerParts,
): readonly Disclosure[] | null {
  const found: Disclosure[] = [];
  for (const [n, line] of tails.split('\n').entries()) {
    const tail = tailOf(line);
    const opening = openings.entries[n]?.subject;
    if (!tail || !opening || !hasHash(leafText(head, line, firstLeaf + n, log), leafHashes, n)) return null;
    const { commitments, outcome, disclosed } = tail;
    // Without a field, it was disclosed that the subject exists.
    if (outcome !== 'disclosed') continue;
    if (!opensCommitment(commitments.subject, 'subject', opening.salt, opening.value)) return null;
    found.push({ subject: opening.value, coordinates: disclosed.flatMap(({ coordinates }) => coordinates) });
  }
  return found;
}

function tailOf(line: string): Tail | null {
  try {
    return JSON.parse(`{"answer":0${line}}`) as Tail;
  } catch {
    return null;
  }
}

class BreachCount implements Breach {
  answers = 0;
  entries = 0;
  first: number | null = null;
  last: number | null = null;
  release: number | null = null;
  readonly unreadable: UnreadableEntries[] = [];
  readonly logs: { readonly log: string; readonly from: number; readonly to: number }[] = [];
  readonly subjects = new SubjectSet();
  readonly coordinates = new Map<string, number>();

  addUnreadable(
    log: string,
    { firstLeaf, leaves, time }: Pick<Answer, 'firstLeaf' | 'leaves' | 'time'>,
  ): void {
    this.unreadable.push({ log, firstLeaf, leaves, since: time, until: time });
  }

  /** False, and nothing is added, where it does not open. */
  add(log: string, answer: Answer, parts: AnswerParts): boolean {
    const disclosures = disclosuresIn(log, answer, parts);
    if (!disclosures) return false;
    if (disclosures.length > 0) this.#count(answer);
    for (const { subject, coordinates } of disclosures) {
      this.entries += 1;
      this.subjects.add(JSON.parse(subject) as Subject);
      for (const one of coordinates) this.coordinates.set(one, (this.coordinates.get(one) ?? 0) + 1);
    }
    return true;
  }

  #count(answer: Answer): void {
    this.answers += 1;
    this.first = Math.min(this.first ?? Infinity, answer.time);
    this.last = Math.max(this.last ?? 0, answer.time);
    // Within a string its quotes would be escaped.
    const release = /"release":(\d+)/.exec(answer.head)?.[1];
    if (release !== undefined) this.release = Math.max(this.release ?? 0, Number(release));
  }
}
