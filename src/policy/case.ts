const CASE_ID = /^H\d{2}-\d{6}-\d{4}$/;

/** Dossier number (mã hồ sơ), as `H26-261121-0001`. */
export function isCaseId(value: string): boolean {
  return CASE_ID.test(value);
}

/** What the dossier service says of one dossier, for one caller and the subjects asked. */
export interface CaseFacts {
  readonly isOpen: boolean;
  /** Registered client that received the dossier. */
  readonly receivedBy: string;
  /** Purposes that fit the dossier's procedure. */
  readonly purposes: readonly string[];
  readonly officers: readonly string[];
  /** Those of the subjects asked that are parties. */
  readonly parties: ReadonlySet<string>;
}

export interface CaseQuestion {
  readonly caseId: string;
  readonly clientId: string;
  readonly officer: string;
  readonly purpose: string;
  readonly unit: string | null;
  /** Keys of the root subjects. */
  readonly subjects: readonly string[];
}

/** Open, of the caller's office, assigned to the caller, of a fitting procedure, about whoever is asked. */
export function caseAllows(facts: CaseFacts, question: CaseQuestion): boolean {
  return (
    facts.isOpen &&
    facts.receivedBy === question.clientId &&
    facts.officers.includes(question.officer) &&
    facts.purposes.includes(question.purpose) &&
    question.subjects.every((subject) => facts.parties.has(subject))
  );
}
