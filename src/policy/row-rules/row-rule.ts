import type { Agreement, LegalBasis } from '../agreement/agreement.ts';
import type { UnitReference } from '../../units/unit-reference.ts';
import type { FactName, PersonFacts } from './person-facts.ts';

export type RowRuleName =
  'protected' | 'match' | 'territory' | 'deceased' | 'minor' | 'own-data' | 'relatives' | 'unknown-person';

/** The conditions of an agreement on rows. */
export type RowConditions = Pick<Agreement, 'territory' | 'clearance'>;

/** The circumstances of a row's decision. They are the same for every person of a request. */
export interface RowContext extends RowConditions {
  /** Commune code of the caller's office. */
  readonly callerUnit: string | null;
  /** `yyyy-mm-dd`, Viet Nam time. */
  readonly today: string;
  /** Personal id of a citizen who asks: the own row is open to them. */
  readonly self: string | null;
  /** The officer as a person, where the token names one; own and relatives' rows are closed to officers. */
  readonly officer: OfficerKin | null;
  /** Parties of the dossier who are of age and may be seen. */
  readonly applicants: readonly Applicant[];
}

/** A person in whose matter the office works. */
export interface Applicant {
  readonly personalId: string;
  /** Residence file number. */
  readonly household: string | null;
  /** Personal ids of children and wards by the applicant's own entries in the civil-status books. */
  readonly charges: readonly string[];
}

export interface OfficerKin {
  readonly personalId: string;
  readonly parents: readonly string[];
  /** Personal ids of adoptive and recognised children, by the officer's own entries in the civil-status books. */
  readonly children: readonly string[];
  readonly spouse: string | null;
  /** Permanent residence, residence file number and surname; null or absent where it was not read. */
  readonly residence?: UnitReference | null;
  readonly household?: string | null;
  readonly surname?: string | null;
}

/** One rule over one person's facts: it denies where it applies and holds. */
export interface RowRule {
  readonly name: RowRuleName;
  readonly legalBasis: LegalBasis;
  /**
   * Whether a caller who named the person may know the rule. What is not told looks like absence: the same answer as
   * for an identifier that no register knows.
   */
  readonly isTold: boolean;
  /** Facts that it needs. */
  readonly reads: readonly FactName[];
  /** Facts that can only lift the denial: where one cannot be read, the denial stands. */
  readonly liftedBy?: readonly FactName[];
  /** True where it denies persons whose facts cannot be read; otherwise nobody can say whether they may be seen. */
  readonly deniesUnreadable: boolean;
  /** False where it denies nobody under such an agreement, whatever the facts; `officers`: only where one asks. */
  appliesUnder(conditions: RowConditions): boolean | 'officers';
  /** Whether what it denies is so of a person whose facts can be read. */
  holds(facts: PersonFacts, context: RowContext): boolean;
}

export function appliesIn(rule: RowRule, context: RowContext): boolean {
  const applies = rule.appliesUnder(context);
  return applies === 'officers' ? context.officer !== null : applies;
}
