import type { Clearance, LegalBasis, Territory } from '../agreement.ts';
import type { FactName, PersonFacts } from './person-facts.ts';

export type RowRuleName =
  'protected' | 'match' | 'territory' | 'deceased' | 'minor' | 'own-data' | 'relatives' | 'unknown-person';

/** What a row is decided under; the same for every person of a request. */
export interface RowContext {
  readonly territory: Territory;
  readonly clearance: ReadonlySet<Clearance>;
  /** Commune code of the caller's office. */
  readonly callerUnit: string | null;
  /** `yyyy-mm-dd`, Viet Nam time. */
  readonly today: string;
  /** Personal id of a citizen who asks: the own row is open to them. */
  readonly self: string | null;
  /** The officer as a person, where the token names one; own and relatives' rows are closed to officers. */
  readonly officer: OfficerKin | null;
}

export interface OfficerKin {
  readonly personalId: string;
  readonly parents: readonly string[];
  readonly spouse: string | null;
}

/** One rule over one person's facts. */
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
  /** False where the rule denies nobody under these rights, whatever the facts. */
  applies(context: RowContext): boolean;
  /** Whether it applies and denies a row whose facts can be read. */
  denies(facts: PersonFacts, context: RowContext): boolean;
}
