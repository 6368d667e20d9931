/** The properties by which one answer is searched for. */
export interface IndexedAnswer {
  readonly log: string;
  readonly firstLeaf: number;
  readonly leaves: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly client: string;
  readonly officer: string;
  readonly tokenKey: string | null;
  readonly purpose: string | null;
  readonly caseId: string | null;
  readonly outcome: string;
  /** Registers of which it disclosed anything, each between commas: `,business,population,`. */
  readonly registers: string;
}

/** States that an entry is about a subject. Only the tag's key tells which one. */
export interface IndexedSubject {
  /** 20 bytes, see subject-tags.ts. */
  readonly tag: Buffer;
  readonly time: number;
  readonly log: string;
  readonly leaf: number;
  /** The time from which on the subject is told of it, milliseconds since 1970; null: at once. */
  readonly release: number | null;
  /** The cases in whose name a withheld access was made, a comma between them. Each may be released before the time. */
  readonly cases: string | null;
}

/** A group that does not open: nothing of it is found, and every answer to a query says so. */
export interface IndexedGap {
  readonly log: string;
  readonly firstLeaf: number;
  readonly leaves: number;
  /** Times of its first and last answer, milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

export interface IndexProgress {
  /** First leaf that is not indexed yet. */
  readonly nextLeaf: number;
  /** Name of the key that the log's tags are made with. */
  readonly key: string;
  /** MAC over the log's name and `nextLeaf` under that key: whoever moved `nextLeaf` would hide what lies before it. */
  readonly seal: string;
}

export interface IndexBatch extends IndexProgress {
  readonly log: string;
  /** The index must have all entries up to here before. */
  readonly from: number;
  readonly answers: readonly IndexedAnswer[];
  readonly subjects: readonly IndexedSubject[];
  readonly gaps: readonly IndexedGap[];
}

/** The rows that the index must have of some entries of a log, as the log itself says. */
export interface IndexPart {
  readonly log: string;
  /** Up to but not `to`; ends of groups. */
  readonly from: number;
  readonly to: number;
  readonly answers: readonly IndexedAnswer[];
  readonly subjects: readonly IndexedSubject[];
  readonly gaps: readonly IndexedGap[];
}

export type SqlValue = string | number | Buffer | null;

/**
 * The fate of a batch. `refused`: another instance took the index in another direction. `there`: another instance has
 * indexed as far. `clashed`: it was added, and somebody else had put rows in its places before, which must be compared.
 */
export type Addition = 'added' | 'there' | 'clashed' | 'refused';

/**
 * Tells whether a batch may be added. Another instance may have forgotten the log meanwhile, because its tags are to be
 * made with another key: a batch of before would pass for an index that reaches as far.
 */
export function additionOf(
  { from, nextLeaf, key }: IndexBatch,
  progress: IndexProgress | null,
): Exclude<Addition, 'clashed'> {
  if (progress === null) return from === 0 ? 'added' : 'refused';
  if (progress.key !== key || progress.nextLeaf < from) return 'refused';
  return progress.nextLeaf >= nextLeaf ? 'there' : 'added';
}

/** Both in the order of their first leaves. */
export function areSameAnswers(found: readonly IndexedAnswer[], wanted: readonly IndexedAnswer[]): boolean {
  return (
    found.length === wanted.length &&
    wanted.every((one, at) => found[at] !== undefined && textOf(one) === textOf(found[at]))
  );
}

function textOf(answer: IndexedAnswer): string {
  const { log, firstLeaf, leaves, time, client, officer, tokenKey, purpose, caseId, outcome, registers } =
    answer;
  const rest = [client, officer, tokenKey, purpose, caseId, outcome, registers];
  return JSON.stringify([log, firstLeaf, leaves, time, ...rest]);
}

export function areSameGaps(
  found: readonly Pick<IndexedGap, 'firstLeaf' | 'leaves'>[],
  wanted: readonly Pick<IndexedGap, 'firstLeaf' | 'leaves'>[],
): boolean {
  return (
    found.length === wanted.length &&
    wanted.every((one, at) => one.firstLeaf === found[at]?.firstLeaf && one.leaves === found[at].leaves)
  );
}

/** Tables that are made from the log, and made anew whenever they are lost. SQL is what SQLite and PostgreSQL share, with `?`. */
export interface IndexDatabase {
  /** Prefix of the tables `answers` and `subjects` in SQL. */
  readonly schema: string;
  /** The progress of a log; null where it is not begun. */
  progress(log: string): Promise<IndexProgress | null>;
  /** Forgets a log: its index belongs to another one of that name. */
  forget(log: string): Promise<void>;
  /** Forgets entries before this leaf, which were removed after their time. */
  removeBefore(log: string, leaf: number): Promise<void>;
  /** Adds a batch in one transaction; rows that are there already stay. Adds nothing where `additionOf` says so. */
  add(batch: IndexBatch): Promise<Addition>;
  /**
   * A number that is another one once rows were changed or removed by anybody else than this connection, and perhaps by
   * itself. It costs one small read.
   */
  changeMark(): Promise<number>;
  /**
   * Tells whether the index has just these answers and gaps, and at least these subjects. A subject too many harms
   * nobody: what it leads to is opened, and is not about that subject.
   */
  holds(part: IndexPart): Promise<boolean>;
  /** Puts these rows in the place of those that are there, in one transaction. */
  replace(part: IndexPart): Promise<void>;
  all<Row>(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}
