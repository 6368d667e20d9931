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
  /** The subject is no party, and was reached from one, or met in the answer, by joins that the grant allows. */
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
export function findingsAbout(
  facts: PersonFacts,
  surname: string | null,
  officer: OfficerKin | null,
): string {
  if (!officer) return NO_FINDINGS;
  const relation = isRead(facts, 'parents', 'spouse') ? (isRelative(facts, officer) ? '1' : '0') : '?';
  const household = isRead(facts, 'household') ? alike(facts.household, officer.household) : '?';
  // In the order of FINDING_PLACES; the first and the last follow from the dossiers.
  return `-${relation}${household}${communeFinding(facts, officer)}${alike(surname, officer.surname)}-`;
}

/** Not read where either has none. */
function alike(one: string | null | undefined, other: string | null | undefined): CallerFinding {
  if (typeof one !== 'string' || typeof other !== 'string') return '-';
  return one === other ? '1' : '0';
}

/** The findings that the dossier service, and the walk from its parties, give about the persons of one request. */
export class CaseFindings {
  readonly #parties = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #reached = new Set<string>();
  #isRead = false;

  /** Notes one dossier that the service knows, with the persons who were asked for in its name. */
  note(parties: Iterable<string>, asked: Iterable<string>): void {
    this.#isRead = true;
    for (const one of parties) this.#parties.add(one);
    for (const one of asked) this.#asked.add(one);
  }

  noteReached(personId: string): void {
    this.#reached.add(personId);
  }

  /** `findings` with what the dossiers tell about the person; as they are where none was read. */
  addTo(findings: string, personId: string): string {
    if (!this.#isRead) return findings;
    const isParty = this.#parties.has(personId);
    const isReached = this.#reached.has(personId) || !this.#asked.has(personId);
    return `${isParty ? '1' : '0'}${findings.slice(1, FINDING_PLACES.grant)}${isParty ? '-' : isReached ? '1' : '0'}`;
  }
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
