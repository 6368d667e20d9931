import type { Limits } from '../../../config/limits.ts';
import type { IndexDatabase } from '../../stores/index-database.ts';
import type { LogRows } from '../../stores/log-rows.ts';
import type { AnswerOpener } from '../answer-opener.ts';
import type { OpenedAnswer, OpenedEntry } from '../opened-answer.ts';
import {
  CANDIDATE_LIMITS,
  candidatesAfter,
  isReleased,
  type Candidate,
  type LogFilter,
  type SearchPlace,
} from './candidates.ts';
import type { TagRing } from '../index/subject-tags.ts';
import { isUnreadable, unreadableBetween, type UnreadableEntries } from './unreadable-entries.ts';

export interface FoundEntry {
  readonly answer: OpenedAnswer;
  readonly entry: OpenedEntry;
}

export interface FoundEntries {
  readonly entries: readonly FoundEntry[];
  /** The place where the next page goes on; null at the end. */
  readonly next: SearchPlace | null;
  /** Within the filter's time, on whatever page: what may be missing. */
  readonly unreadable: readonly UnreadableEntries[];
  /** The number of all of them, which may be more than are told. */
  readonly unreadableCount: number;
}

export const SEARCH_LIMITS = {
  answersPage: {
    value: 5_000,
    unit: 'answers',
    why: 'One page looks at so many answers. The caller goes on from where it stopped.',
  },
  openedAtOnce: {
    value: 25,
    unit: 'answers',
    why: 'Each answer may be in a group of its own, which is opened whole, and a page seldom needs all of a step.',
  },
} as const satisfies Limits;

export interface SearchParts {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
  readonly opener: AnswerOpener;
  readonly tags: TagRing;
  /** The first entry that was not removed after its time; read again where it does not reach as far as this leaf. */
  readonly removedEnd: (log: string, leaf: number) => Promise<number>;
}

/** Returns one page of entries, newest first. Everything must be indexed before (Indexer.catchUp). */
export async function searchEntries(
  parts: SearchParts,
  filter: LogFilter,
  page: { readonly first: number; readonly after: SearchPlace | null },
  answersAPage: number = SEARCH_LIMITS.answersPage.value,
): Promise<FoundEntries> {
  const found: FoundEntry[] = [];
  const gaps = await unreadableBetween(parts.index, filter);
  const unreadable = [...gaps.told];
  const ended = (next: SearchPlace | null): FoundEntries => ({
    entries: found,
    next,
    unreadable,
    unreadableCount: gaps.count + unreadable.length - gaps.told.length,
  });
  const only = filter.answerId === null ? null : await parts.rows.answerById(filter.answerId);
  if (filter.answerId !== null && !only) return ended(null);
  let place = page.after;
  let looked = 0;
  for (;;) {
    const candidates = await candidatesAfter(parts, filter, place, only);
    // Neither where a page ends nor how long it takes must tell of what is withheld: that is not even opened.
    const released = candidates.filter((candidate) => isReleased(candidate, filter));
    for await (const { answer, candidate } of openInTurn(parts, released)) {
      looked += 1;
      if (!answer) {
        if (!isUnreadable(unreadable, candidate.log, candidate.leaf))
          unreadable.push(unreadableAt(candidate));
        continue;
      }
      for (const entry of entriesOf(answer, filter, candidate, page.after)) {
        const last = found.at(-1);
        // One more than the page holds tells that there is a next one.
        if (last && found.length === page.first) {
          return ended(placeOf(last.answer, last.entry));
        }
        found.push({ answer, entry });
      }
      if (looked === answersAPage) {
        return ended({ time: candidate.time, log: candidate.log, leaf: candidate.leaf - 1 });
      }
    }
    const last = candidates.at(-1);
    if (!last || candidates.length < CANDIDATE_LIMITS.step.value) return ended(null);
    place = { time: last.time, log: last.log, leaf: last.leaf - 1 };
  }
}

function placeOf(answer: OpenedAnswer, entry: OpenedEntry): SearchPlace {
  return { time: answer.head.time, log: answer.log, leaf: entry.index - 1 };
}

interface OpenedCandidate {
  /** The answer; null where it does not open. */
  readonly answer: OpenedAnswer | null;
  readonly candidate: Candidate;
}

async function* openInTurn(
  parts: SearchParts,
  candidates: readonly Candidate[],
): AsyncGenerator<OpenedCandidate> {
  for (let at = 0; at < candidates.length; at += SEARCH_LIMITS.openedAtOnce.value) {
    yield* await openCandidates(parts, candidates.slice(at, at + SEARCH_LIMITS.openedAtOnce.value));
  }
}

async function openCandidates(
  { rows, opener, removedEnd }: SearchParts,
  candidates: readonly Candidate[],
): Promise<readonly OpenedCandidate[]> {
  const byLog = new Map<string, number[]>();
  for (const { log, leaf } of candidates) {
    const leaves = byLog.get(log);
    if (leaves) leaves.push(leaf);
    else byLog.set(log, [leaf]);
  }
  const opened = new Map<string, OpenedAnswer[]>();
  for (const [log, leaves] of byLog) {
    const answers = await opener.openAll(await rows.answersAt(log, leaves));
    opened.set(
      log,
      answers.filter((answer) => answer !== null),
    );
  }
  const found: OpenedCandidate[] = [];
  for (const candidate of candidates) {
    const answer = opened
      .get(candidate.log)
      ?.find(
        ({ firstLeaf, entries }) =>
          firstLeaf <= candidate.leaf && candidate.leaf < firstLeaf + entries.length,
      );
    // Entries that were removed after their time, as the log itself states, leave the index a moment later.
    const isRemoved = !answer && candidate.leaf < (await removedEnd(candidate.log, candidate.leaf + 1));
    if (!isRemoved) found.push({ answer: answer ?? null, candidate });
  }
  return found;
}

function unreadableAt({ log, leaf, time }: Candidate): UnreadableEntries {
  return { log, firstLeaf: leaf, leaves: 1, since: time, until: time };
}

/** The entries of one candidate's answer, the last one first. */
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
    (filter.answerId === null || filter.answerId === head.id) &&
    (filter.officer === null || filter.officer === caller.officer) &&
    (filter.tokenKey === null || filter.tokenKey === caller.key) &&
    (filter.purpose === null || filter.purpose === purpose) &&
    (filter.caseId === null || filter.caseId === head.case) &&
    (filter.notAskedBy === null || citizen !== filter.notAskedBy)
  );
}

function fitsEntry(entry: OpenedEntry, { register, coordinate, outcome, subject }: LogFilter): boolean {
  return (
    // One part must fit both: a register's owner must not learn by coordinate what another one disclosed.
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
