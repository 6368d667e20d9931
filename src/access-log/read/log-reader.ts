import type { Limits } from '../../config/limits.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { IndexDatabase } from '../stores/index-database.ts';
import type { LogRows } from '../stores/log-rows.ts';
import { AnswerOpener } from './answer-opener.ts';
import { findBreach, type Breach } from './search/find-breach.ts';
import { countAnswers, type Count, type CountedBy } from './search/count-answers.ts';
import { Indexer } from './index/indexer.ts';
import { AccessLogNotGenuine, GroupOpener, type OpenedAnswer } from './opened-answer.ts';
import { proveConsistency, proveInclusion, type InclusionProof } from './proofs.ts';
import { type LogFilter, type SearchPlace } from './search/candidates.ts';
import { searchEntries, type FoundEntries } from './search/search-entries.ts';
import { buildTagRing } from './index/subject-tags.ts';
import { tallyAnswers, type AnswerTally, type TallySpan } from './search/tally-answers.ts';
import { unreadableBetween, type Gap, type UnreadableEntries } from './search/unreadable-entries.ts';

/** The extent of a breach, with one page of its subjects. */
export interface BreachSummary {
  readonly answers: number;
  readonly entries: number;
  /** Times of the first and last answer, milliseconds since 1970. */
  readonly first: number | null;
  readonly last: number | null;
  /** Latest of what it counts. */
  readonly release: number | null;
  readonly subjectCount: number;
  readonly subjectsByKind: ReadonlyMap<string, number>;
  /** Entries by schema coordinate. */
  readonly coordinates: ReadonlyMap<string, number>;
  readonly subjects: readonly Subject[];
  /** Entries that may be missing from the count. */
  readonly unreadable: readonly UnreadableEntries[];
  readonly logs: Breach['logs'];
}

/** Queries to the log. Everything that stood in it when the query came is taken into account. */
export interface AccessLogReader {
  search(
    filter: LogFilter,
    page: { readonly first: number; readonly after: SearchPlace | null },
  ): Promise<FoundEntries>;
  counts(filter: LogFilter, by: CountedBy): Promise<readonly Count[]>;
  /** Tells whether any answer in the log is of this client or officer. */
  isNamed(by: 'client' | 'officer', name: string): Promise<boolean>;
  /** The answer with this id; null where there is none. */
  answer(id: string): Promise<OpenedAnswer | null>;
  /** A text that entries name by its digest. */
  document(digest: string): Promise<string | null>;
  prove(log: string, indexes: readonly number[]): Promise<readonly InclusionProof[]>;
  proveConsistency(log: string, from: number, to: number): Promise<readonly string[]>;
  /** Size and last checkpoint. */
  end(log: string): Promise<{ readonly size: number; readonly note: string } | null>;
  /** Counts of a span of time, from the entries themselves; it may take minutes for a day of millions. */
  tally(span: TallySpan): Promise<AnswerTally>;
  breach(filter: LogFilter, page: { readonly from: number; readonly count: number }): Promise<BreachSummary>;
  close(): Promise<void>;
}

export interface LogReaderParts {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
  readonly sealKeys: KeyRing;
  readonly searchKeys: KeyRing;
  readonly onGap?: (gap: Gap) => void;
  /** Told of entries whose rows in the search index were changed by somebody else. */
  readonly onIndexChanged?: (gap: Gap) => void;
}

export const BREACH_REPORT_LIMITS = {
  kept: {
    value: 600_000,
    unit: 'ms',
    why: 'A breach report is paged through, and is counted once while its pages are read.',
  },
  atOnce: {
    value: 3,
    unit: 'reports',
    why: 'Each report reads all of its filter, and more of them would leave other queries no turn.',
  },
} as const satisfies Limits;

/** Too many ask for what takes long. */
export class ReaderBusy extends Error {
  override readonly name = 'ReaderBusy';
}

/** Builds a reader on this thread; `buildReaderThread` builds one on another. */
export function buildLogReader({
  rows,
  index,
  sealKeys,
  searchKeys,
  onGap,
  onIndexChanged,
}: LogReaderParts): AccessLogReader & {
  /** Brings the index up to date while nobody asks; `onLag` is told first how many entries stand in the logs and not in it. */
  follow(onLag?: (entries: number) => void): Promise<void>;
} {
  const groups = new GroupOpener(sealKeys);
  const opener = new AnswerOpener(rows, groups);
  const tags = buildTagRing(searchKeys);
  const indexer = new Indexer({
    rows,
    index,
    opener: groups,
    tags,
    ...(onGap ? { onGap } : {}),
    ...(onIndexChanged ? { onIndexChanged } : {}),
  });
  const removedEnd = (log: string, leaf: number): Promise<number> => indexer.removedEnd(log, leaf);
  let lastBreach: { readonly key: string; readonly at: number; readonly breach: Breach } | null = null;
  let breaches = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const breachOf = async (filter: LogFilter, isFirstPage: boolean): Promise<Breach> => {
    const key = JSON.stringify(filter);
    const isKnown = lastBreach?.key === key && Date.now() - lastBreach.at < BREACH_REPORT_LIMITS.kept.value;
    if (lastBreach && isKnown && !isFirstPage) return lastBreach.breach;
    if (breaches >= BREACH_REPORT_LIMITS.atOnce.value) throw new ReaderBusy();
    breaches += 1;
    const counted = turn.then(async () => {
      const breach = await findBreach({ rows, opener: groups, removedEnd }, filter);
      lastBreach = { key, at: Date.now(), breach };
      return breach;
    });
    turn = counted.catch(() => undefined);
    return counted.finally(() => (breaches -= 1));
  };

  return {
    follow: (onLag = () => undefined) => indexer.follow(onLag),
    async search(filter, page) {
      await indexer.catchUp();
      return searchEntries({ rows, index, opener, tags, removedEnd }, filter, page);
    },
    async counts(filter, by) {
      await indexer.catchUp();
      const [missing] = (await unreadableBetween(index, filter)).told;
      // A count has no place to say that it may be short.
      if (missing) throw new AccessLogNotGenuine(missing.log);
      return countAnswers(index, filter, by);
    },
    async isNamed(by, name) {
      await indexer.catchUp();
      const rowsOf = `SELECT 1 AS found FROM ${index.schema}answers WHERE ${by} = ? LIMIT 1`;
      return (await index.all(rowsOf, [name])).length > 0;
    },
    async answer(id) {
      const stored = await rows.answerById(id);
      if (!stored) return null;
      const [opened] = await opener.openAll([stored]);
      if (!opened) throw new AccessLogNotGenuine(id);
      return opened;
    },
    document: async (digest) => (await rows.document(digest))?.text ?? null,
    prove: (log, indexes) => proveInclusion(rows, log, indexes),
    proveConsistency: (log, from, to) => proveConsistency(rows, log, from, to),
    end: (log) => rows.end(log),
    tally: (span) => tallyAnswers(rows, span),
    async breach(filter, { from, count }) {
      const breach = await breachOf(filter, from === 0);
      const { subjects, answers, entries, first, last, release, coordinates, unreadable, logs } = breach;
      return {
        answers,
        entries,
        first,
        last,
        release,
        coordinates,
        subjectCount: subjects.size,
        subjectsByKind: subjects.countByKind(),
        subjects: subjects.slice(from, count),
        unreadable,
        logs,
      };
    },
    async close() {
      await index.close();
      await rows.close();
    },
  };
}
