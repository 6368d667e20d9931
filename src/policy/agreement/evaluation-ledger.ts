/** One evaluation about one subject, as it counts. */
export interface AskedEvaluation {
  readonly agreement: string;
  readonly caseId: string;
  /** Kind and key of the subject. */
  readonly subject: string;
  /** Coordinate of the minimised field. */
  readonly field: string;
  /** The arguments, canonical: the same evaluation again is free. */
  readonly given: string;
  /** Distinct evaluations of this field about this subject in this case. */
  readonly limit: number;
}

/** Counts evaluations over aliases, requests and instances, so that a value cannot be found by asking on. */
export interface EvaluationLedger {
  /** Gives an entry for each evaluation, in order: false where the limit is passed. Never rejects. */
  admit(evaluations: readonly AskedEvaluation[]): Promise<readonly boolean[]>;
}
