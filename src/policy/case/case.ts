import type { KeyedSubjectKind } from '../../log-format/subject-text.ts';

/**
 * Office code, date and number. Office codes stand in either notation: the agency first (`H26`, `H26.12`; Decision
 * 20/2020/QD-TTg), or last, after the units below it (`000.00.01.H26`, `38.98.H29`; QCVN 102:2016/BTTTT).
 */
const CASE_ID = /^(?:[A-Z]\d{2}(?:\.[0-9A-Z]{2,3}){0,4}|(?:[0-9A-Z]{2,3}\.){1,4}[A-Z]\d{2})-\d{6}-\d{4}$/;

/** The form of a dossier number, for the message that refuses a malformed one. */
export const CASE_ID_FORM =
  'X-Case-Id must be a dossier number: office code, date and number, such as H26-261121-0001, ' +
  'H26.12-261121-0001 or 000.00.01.H26-261121-0001.';

/** Dossier number (mã hồ sơ), as `H26-261121-0001` or `000.00.01.H26-261121-0001`. */
export function isCaseId(value: string): boolean {
  return CASE_ID.test(value);
}

const AUDIT_NUMBER = /^(KT|KN)-\d{6}-\d{4}$/;

/** Number of an audit order (`KT-261121-0001`) or of a complaint (`KN-...`). */
export function isAuditNumber(value: string): boolean {
  return AUDIT_NUMBER.test(value);
}

export interface Party {
  readonly kind: KeyedSubjectKind;
  /** Canonical key: personal id, business code, parcel id, serial. */
  readonly key: string;
}

/** The dossier service's statement about one dossier, for one caller and the subjects asked. */
export interface CaseFacts {
  readonly isOpen: boolean;
  /** Registered client that received the dossier. */
  readonly receivedBy: string;
  /** `yyyy-mm-dd`. */
  readonly receivedOn: string;
  /** Code of the administrative procedure (mã thủ tục), the ministry's. */
  readonly procedure: string;
  readonly officers: readonly string[];
  /** Names of the papers that the office asked the parties for; absent where the service does not say. */
  readonly papersAsked?: readonly string[];
  /** The parties among the subjects asked. */
  readonly parties: ReadonlySet<string>;
  /**
   * The parties that are listed whatever is asked, and those that are asked, as far as the registers could know them: the
   * applicants of this request.
   */
  readonly partiesListed: readonly Party[];
}

export interface CaseInquiry {
  readonly caseId: string;
  readonly clientId: string;
  readonly officer: string;
  readonly purpose: string;
  readonly unit: string | null;
  /** Keys of the root subjects. */
  readonly subjects: readonly string[];
}

/** Why a case does not open the data: for the log only, the caller gets CASE_NOT_VALID whichever it is. */
export type CaseFault = 'unknown' | 'closed' | 'foreign-office' | 'unassigned' | 'procedure' | 'not-a-party';

/**
 * The first fault of a case, or null where it opens the data. The parties come last: on `not-a-party` all else is
 * right, and `subjectsNotParties` names those who would have to be reached from a party.
 */
export function decideCase(
  facts: CaseFacts | null,
  inquiry: CaseInquiry,
  procedures: ReadonlySet<string>,
): CaseFault | null {
  if (!facts) return 'unknown';
  if (!facts.isOpen) return 'closed';
  if (facts.receivedBy !== inquiry.clientId) return 'foreign-office';
  if (!facts.officers.includes(inquiry.officer)) return 'unassigned';
  if (!procedures.has(facts.procedure)) return 'procedure';
  return subjectsNotParties(facts, inquiry).length > 0 ? 'not-a-party' : null;
}

export function subjectsNotParties(facts: CaseFacts, inquiry: CaseInquiry): readonly string[] {
  return inquiry.subjects.filter((subject) => !facts.parties.has(subject));
}
