/** One question about one subject, as it counts. */
export interface AskedQuestion {
  readonly agreement: string;
  readonly caseId: string;
  /** Kind and key of the subject. */
  readonly subject: string;
  /** Coordinate of the minimised field. */
  readonly field: string;
  /** The arguments, canonical: the same question again is free. */
  readonly given: string;
  /** Distinct questions of this field about this subject in this case. */
  readonly limit: number;
}

/** Counts questions over aliases, requests and instances, so that a value cannot be found by asking on. */
export interface EvaluationLedger {
  /** A place a question, in order: false where the limit is passed. Never rejects. */
  admit(questions: readonly AskedQuestion[]): Promise<readonly boolean[]>;
}
