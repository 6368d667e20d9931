/** One answer as it is searched for. */
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

/** That an entry is about a subject, whom only the tag's key tells. */
export interface IndexedSubject {
  /** 20 bytes, see subject-tags.ts. */
  readonly tag: Buffer;
  readonly time: number;
  readonly log: string;
  readonly leaf: number;
}

export interface IndexBatch {
  readonly log: string;
  /** Entries up to here are in the index once the batch is. */
  readonly nextLeaf: number;
  readonly answers: readonly IndexedAnswer[];
  readonly subjects: readonly IndexedSubject[];
}

export type SqlValue = string | number | Buffer | null;

/** Tables that are made from the log, and made anew whenever they are lost. SQL is what SQLite and PostgreSQL share, with `?`. */
export interface IndexDatabase {
  /** Prefix of the tables `answers` and `subjects` in SQL. */
  readonly schema: string;
  /** First leaf that is not indexed yet. */
  progress(log: string): Promise<number>;
  /** Forgets a log: its index belongs to another one of that name. */
  forget(log: string): Promise<void>;
  /** Forgets entries before this leaf, which were removed after their time. */
  removeBefore(log: string, leaf: number): Promise<void>;
  /** One transaction; what is there already stays. */
  add(batch: IndexBatch): Promise<void>;
  all<Row>(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}
