import type { PersonFacts } from './person-facts.ts';
import { isRelative } from './relatives.ts';
import type { OfficerKin } from './row-rule.ts';

/**
 * One finding of the gate about a caller and one subject, whatever the rules then decided: `1` yes, `0` no, `?` it could not
 * be read, `-` it was not read. Early warning judges on that alone, since it reads no register.
 */
export type CallerFinding = '1' | '0' | '?' | '-';

/** Findings by their place in an entry (schema/access-log/FORMAT.md); a place is never given to another finding. */
export const FINDING_PLACES = {
  /** The subject is a party of the dossier. */
  party: 0,
  /** The officer and the subject are parent and child, siblings or spouses. */
  relation: 1,
  /** The officer and the subject live in one household. */
  household: 2,
  /** The officer and the subject live in one commune. */
  commune: 3,
  /** The officer and the subject have one surname. */
  surname: 4,
  /** The subject was not asked for, but met on a join that the grant allows. */
  grant: 5,
} as const;

export type FindingName = keyof typeof FINDING_PLACES;

export const NO_FINDINGS = '------';

/** `findings` with these in their places. */
export function withFindings(
  findings: string,
  found: Readonly<Partial<Record<FindingName, CallerFinding>>>,
): string {
  const characters = [...findings];
  for (const [name, finding] of Object.entries(found)) {
    characters[FINDING_PLACES[name as FindingName]] = finding;
  }
  return characters.join('');
}

/** Two texts of findings about one subject in one: what was read stands. */
export function mergeFindings(one: string, other: string): string {
  return [...one].map((finding, place) => (finding === '-' ? (other[place] ?? '-') : finding)).join('');
}

/** The findings that follow from the facts of both, which the gate has read for its rules. */
export function findingsAbout(facts: PersonFacts, officer: OfficerKin | null): string {
  if (!officer) return NO_FINDINGS;
  return withFindings(NO_FINDINGS, {
    relation: isRead(facts, 'parents', 'spouse') ? (isRelative(facts, officer) ? '1' : '0') : '?',
    commune: communeFinding(facts, officer),
  });
}

function communeFinding(facts: PersonFacts, { residence: own }: OfficerKin): CallerFinding {
  const { residence } = facts;
  if (!isRead(facts, 'residence')) return '?';
  if (!own || !residence) return '-';
  return own.communeCode === residence.communeCode && own.generation === residence.generation ? '1' : '0';
}

function isRead({ unreadable }: PersonFacts, ...needed: PersonFacts['unreadable']): boolean {
  return !needed.some((fact) => unreadable.includes(fact));
}
