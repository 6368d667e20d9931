import { setImmediate as giveTurn } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import type { Subject } from '../../../disclosure/subject.ts';
import type { FullGroup, LogRows } from '../../stores/log-rows.ts';
import { opensCommitment } from '../../../log-format/commitment.ts';
import { leafText } from '../../../log-format/leaf-text.ts';
import { GroupPace } from '../index/group-pace.ts';
import { hasHash, hashesFrom, type GroupOpener } from '../opened-answer.ts';
import type { AnswerOpenings } from '../../entry/sealed-openings.ts';
import type { LogFilter } from './candidates.ts';
import { SubjectSet } from '../index/subject-set.ts';
import type { UnreadableEntries } from './unreadable-entries.ts';

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
  entriesStep: { value: 20_000, unit: 'entries', why: 'Other queries get their turn after so many entries.' },
} as const satisfies Limits;

export interface BreachParts {
  readonly rows: LogRows;
  readonly opener: GroupOpener;
  /** The first entry that was not removed after its time; read again where it does not reach as far as this leaf. */
  readonly removedEnd: (log: string, leaf: number) => Promise<number>;
}

/**
 * Reads every entry of every log once, and not the search index, which the gateway's own login may change: a report is
 * signed, and says only what the log itself has. Memory is bounded but for the subjects' keys.
 */
export async function findBreach(parts: BreachParts, filter: LogFilter): Promise<Breach> {
  const counting = new BreachCount(filter);
  for (const log of await parts.rows.logs()) {
    const to = (await parts.rows.end(log))?.size ?? 0;
    const from = Math.min(to, await parts.removedEnd(log, (await parts.rows.firstAnswer(log)) ?? to));
    counting.logs.push({ log, from, to });
    await countLog(parts, log, { from, to }, counting);
  }
  return counting;
}

async function countLog(
  { rows, opener }: BreachParts,
  log: string,
  { from, to }: { readonly from: number; readonly to: number },
  counting: BreachCount,
): Promise<void> {
  const pace = new GroupPace(BREACH_LIMITS.entriesStep.value);
  for (let next = from; next < to;) {
    // SQLite answers at once: without a turn for others, a report over years would hold up every citizen's query.
    await giveTurn();
    const groups = await rows.groupsFrom(log, next, pace.groups);
    pace.note(groups);
    const [first] = groups;
    if (!first) {
      counting.addMissing(log, next, to - next, null);
      return;
    }
    await opener.learnKeysOf(groups, rows);
    for (const group of groups) {
      if (group.firstLeaf >= to) return;
      if (group.firstLeaf > next) counting.addMissing(log, next, group.firstLeaf - next, null);
      countGroup(opener, group, counting);
      next = group.firstLeaf + group.leaves;
    }
  }
}

function countGroup(opener: GroupOpener, group: FullGroup, counting: BreachCount): void {
  const { log, firstLeaf, leaves, written } = group;
  const end = firstLeaf + leaves;
  let next = firstLeaf;
  let opened: readonly AnswerOpenings[] | null | undefined;
  for (const [place, answer] of group.answers.entries()) {
    if (answer.firstLeaf > next) counting.addMissing(log, next, answer.firstLeaf - next, written);
    next = Math.min(end, answer.firstLeaf + answer.leaves);
    const inGroup = { ...answer, leaves: next - answer.firstLeaf };
    // Who asked, and when, may have been changed too: an answer is passed over only where it is the one that was written.
    if (!isWritten(log, answer, hashesFrom(group, answer.firstLeaf))) counting.addUnreadable(log, inGroup);
    else if (counting.isAsked(answer)) {
      opened ??= opener.open(group);
      const openings = opened?.[place];
      const isAdded = openings && counting.add(answer, openings);
      if (isAdded !== true) counting.addUnreadable(log, inGroup);
    }
  }
  if (next < end) counting.addMissing(log, next, end - next, written);
}

function isWritten(log: string, { head, tails, firstLeaf, leaves }: Answer, leafHashes: Uint8Array): boolean {
  const lines = tails.split('\n');
  return (
    lines.length === leaves &&
    lines.every((line, n) => hasHash(leafText(head, line, firstLeaf + n, log), leafHashes, n))
  );
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

/** The disclosures of an answer that is the one that was written; null where an entry does not open. */
function disclosuresIn({ tails }: Answer, openings: AnswerOpenings): readonly Disclosure[] | null {
  const found: Disclosure[] = [];
  for (const [n, line] of tails.split('\n').entries()) {
    const tail = tailOf(line);
    const opening = openings.entries[n]?.subject;
    if (!tail || !opening) return null;
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

/** The parts of an answer's canonical head by which it is chosen. */
interface Head {
  readonly caller: { readonly client: string; readonly officer: string; readonly key: string | null };
  readonly outcome: string;
  readonly purpose: string | null;
  readonly time: number;
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
  readonly #filter: LogFilter;

  constructor(filter: LogFilter) {
    this.#filter = filter;
  }

  /** The answer was given, in the time and to those that are asked about. */
  isAsked({ head }: Answer): boolean {
    const { caller, outcome, purpose, time } = JSON.parse(head) as Head;
    const filter = this.#filter;
    return (
      outcome === 'answered' &&
      time >= filter.from &&
      time <= filter.until &&
      (filter.clients === null || filter.clients.includes(caller.client)) &&
      (filter.officer === null || filter.officer === caller.officer) &&
      (filter.tokenKey === null || filter.tokenKey === caller.key) &&
      (filter.purpose === null || filter.purpose === purpose)
    );
  }

  addUnreadable(
    log: string,
    { firstLeaf, leaves, time }: Pick<Answer, 'firstLeaf' | 'leaves' | 'time'>,
  ): void {
    this.unreadable.push({ log, firstLeaf, leaves, since: time, until: time });
  }

  /** Entries that are not there. Nobody signed when their group was written; without it, it may have been at any time. */
  addMissing(log: string, firstLeaf: number, leaves: number, written: number | null): void {
    const last = this.unreadable.at(-1);
    const since = written ?? this.#filter.from;
    const until = written ?? this.#filter.until;
    if (last?.log !== log || last.firstLeaf + last.leaves !== firstLeaf) {
      this.unreadable.push({ log, firstLeaf, leaves, since, until });
      return;
    }
    // A month that was dropped is one gap.
    this.unreadable[this.unreadable.length - 1] = {
      ...last,
      leaves: last.leaves + leaves,
      since: Math.min(last.since, since),
      until: Math.max(last.until, until),
    };
  }

  /** False, and nothing is added, where it does not open. */
  add(answer: Answer, openings: AnswerOpenings): boolean {
    const disclosures = disclosuresIn(answer, openings);
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
