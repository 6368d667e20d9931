import type { ErrorCode } from '../../errors.ts';
import type { Limits } from '../../config/limits.ts';
import { ADULT_AGE, hasReachedAge } from '../../policy/age.ts';
import { CaseFindings, findingsAbout, NO_FINDINGS } from '../../policy/row-rules/caller-findings.ts';
import { decideRow, ROW_RULES } from '../../policy/row-rules/decide-row.ts';
import type { PersonFacts } from '../../policy/row-rules/person-facts.ts';
import {
  appliesIn,
  type Applicant,
  type OfficerKin,
  type RowContext,
  type RowRuleName,
} from '../../policy/row-rules/row-rule.ts';
import { inputsOf, NO_INPUTS } from '../../policy/row-rules/rule-inputs.ts';
import type { RegisterName } from '../../registers.ts';
import { NO_FAMILY, readFamilyFacts, type FamilyFacts } from '../../sources/civil-status/family-facts.ts';
import { readPersonFacts, readSurname } from '../../sources/population/person-facts.ts';
import { BROKEN, registerOf, type RecordKind } from '../../sources/records/record.ts';
import type { RecordSlot } from '../../sources/records/record-slot.ts';
import type { RecordReader } from '../../sources/records/record-reader.ts';
import type { PlanRegisters } from '../compile/plan.ts';
import type { RowRights } from './row-rights.ts';

/** `inputs`: what the rules found (policy/row-rules/rule-inputs.ts); of a fault only where it is theirs. */
export type RowVerdict =
  | { readonly state: 'waiting' }
  | { readonly state: 'visible'; readonly inputs: string }
  | { readonly state: 'absent'; readonly inputs: string }
  | { readonly state: 'denied'; readonly rule: RowRuleName; readonly inputs: string }
  | {
      readonly state: 'fault';
      readonly code: ErrorCode;
      readonly rule: 'register-refusal' | null;
      readonly inputs?: string;
    };

export const GATE_LIMITS = {
  parties: {
    value: 100,
    unit: 'persons',
    why: 'Parties of the dossiers of one request whose families are looked at.',
  },
} as const satisfies Limits;

const WAITING = { state: 'waiting' } as const;
const UNASKED: RowVerdict = { state: 'visible', inputs: NO_INPUTS };
/** The verdict about a person whom the population register does not know. */
export const UNKNOWN_PERSON: Extract<RowVerdict, { state: 'absent' }> = {
  state: 'absent',
  inputs: inputsOf('unknown-person', '1'),
};
const BROKEN_FACTS = { state: 'fault', code: 'SOURCE_CONTRACT_BROKEN', rule: null } as const;

const PERSON: RecordKind = 'population.person';
const EVENTS: RecordKind = 'civil-status.events';
const PERSON_ALONE: readonly RecordKind[] = [PERSON];
const PERSON_AND_EVENTS: readonly RecordKind[] = [PERSON, EVENTS];

/** Stands for an officer whose relatives are not read yet. */
const UNKNOWN_OFFICER: OfficerKin = { personalId: '', parents: [], children: [], spouse: null };

/**
 * Decides person by person who may stand in the answer, from facts that it reads for itself: the population
 * register's, and civil status's for a death, a guardianship, a recognition or an adoption that the population register
 * has not heard of. Where deaths deny nobody, a person's family by the books is read in the entries of the officer and
 * of the dossier's parties alone: an entry stands in the records of both sides. Nothing else of a person is asked
 * before the verdict.
 */
export class RowGate {
  /** True where no rule can deny anybody: then no facts are read. */
  readonly isOpen: boolean;
  readonly #reader: RecordReader;
  readonly #rights: RowRights;
  readonly #mayNameDeceased: boolean;
  readonly #verdicts = new Map<string, RowVerdict>();
  /** Persons who are parties of a confirmed dossier, with that dossier. */
  readonly #parties = new Map<string, string>();
  readonly #findings = new Map<string, string>();
  /** The findings that the request's dossiers give about persons. */
  readonly caseFindings = new CaseFindings();
  #context: RowContext | null = null;

  constructor(reader: RecordReader, rights: RowRights) {
    this.#reader = reader;
    this.#rights = rights;
    this.#mayNameDeceased = mayNameDeceased(rights);
    this.isOpen = isOpenTo(rights);
  }

  /** Takes the parties of a confirmed dossier: a minor of their own family may be seen. */
  admitParties(personalIds: readonly string[], caseId: string): void {
    if (this.isOpen || this.#rights.agreement.clearance.has('minors')) return;
    for (const personalId of personalIds) {
      if (this.#parties.size >= GATE_LIMITS.parties.value) return;
      if (!this.#parties.has(personalId)) this.#parties.set(personalId, caseId);
    }
    this.#context = null;
  }

  /** Wants the officer's own record in the first hop, whatever comes of the rows. */
  readAhead(): void {
    if (!this.isOpen) this.#readContext();
  }

  /** Decides about one person. While facts are missing, they are wanted of the reader and the verdict is `waiting`: ask again after the hop. */
  decide(personalId: string, caseId: string): RowVerdict {
    if (this.isOpen || personalId === this.#rights.self) return UNASKED;
    const known = this.#verdicts.get(personalId);
    if (known) return known;
    let verdict = this.#decide(personalId, caseId);
    // Entries that civil status spoilt lately are asked for again, except where that would tell a hidden person from nobody.
    if (verdict.state === 'visible' || verdict.state === 'fault') {
      if (this.#reader.renewSpoilt(EVENTS, personalId, caseId)) verdict = WAITING;
    }
    if (verdict.state !== 'waiting') this.#verdicts.set(personalId, verdict);
    return verdict;
  }

  /** Gives what was found about the caller and a person, beside the rules (caller-findings.ts). */
  findingsOf(personalId: string): string {
    return this.caseFindings.addTo(this.#findings.get(personalId) ?? NO_FINDINGS, personalId);
  }

  /** Gives the findings about a person whose verdict was asked for. */
  inputsOf(personalId: string): string {
    const verdict = this.#verdicts.get(personalId);
    return verdict && 'inputs' in verdict ? (verdict.inputs ?? NO_INPUTS) : NO_INPUTS;
  }

  /**
   * Wants whatever the verdict about a person needs, all in one hop and for everybody alike: a second call for some
   * would tell them from those whom nobody knows. Null once it is there, also where there is no such person.
   */
  read(personalId: string, caseId: string): Extract<RowVerdict, { state: 'waiting' | 'fault' }> | null {
    if (this.isOpen) return null;
    let isWaiting = false;
    for (const kind of this.#mayNameDeceased ? PERSON_ALONE : PERSON_AND_EVENTS) {
      if (this.#reader.get(kind, personalId)) continue;
      this.#reader.want(kind, personalId, caseId, 'spoilt-too');
      isWaiting = true;
    }
    if (isWaiting) return WAITING;
    // A fault of civil status alone does not stand in the way of the rules over what could be read.
    const person = this.#reader.get(PERSON, personalId);
    return person?.state === 'fault' ? person : null;
  }

  /**
   * Reads whether a person has died, from both registers that may know it; `waiting` while records are missing. Alive as
   * far as anybody can tell is undefined; a death without a readable day is null.
   */
  deathOf(personalId: string, caseId: string): string | null | undefined | 'waiting' {
    const [person, events] = PERSON_AND_EVENTS.map((kind) => {
      const slot = this.#reader.get(kind, personalId);
      if (!slot) this.#reader.want(kind, personalId, caseId);
      return slot;
    });
    if (!person || !events) return 'waiting';
    const registered = person.state === 'found' ? person.value['deathDate'] : null;
    const death = events.state === 'found' ? events.value['death'] : null;
    if (typeof registered === 'string') return registered;
    return death === null || death === BROKEN ? undefined : dateOf(death);
  }

  #decide(personalId: string, caseId: string): RowVerdict {
    const missing = this.read(personalId, caseId);
    if (missing) return missing;
    const context = this.#readContext();
    if ('state' in context) return context;
    const person = this.#reader.get(PERSON, personalId);
    if (person?.state !== 'found') return UNKNOWN_PERSON;
    const facts = readPersonFacts(person.value);
    if (!facts) return BROKEN_FACTS;
    const known = this.#mayNameDeceased ? facts : this.#withCivilStatus(facts);
    this.#findings.set(personalId, findingsAbout(known, readSurname(person.value), context.officer));
    const { decision, inputs } = decideRow(known, context);
    if (decision === 'unreadable') return { ...this.#faultOfFacts(personalId), inputs };
    return decision === null ? { state: 'visible', inputs } : { state: 'denied', rule: decision, inputs };
  }

  /** A death may long stand in civil status before the population register has it. */
  #withCivilStatus(facts: PersonFacts): PersonFacts {
    const events = this.#reader.get(EVENTS, facts.personalId);
    // The population register's word on the family stands: a relative is denied all the same, and nobody else can be seen.
    if (events?.state === 'fault' && facts.deathDate === null) {
      return { ...facts, unreadable: [...facts.unreadable, 'deathDate'] };
    }
    const family = events ? withFamily(facts, familyIn(events)) : facts;
    const death = events?.state === 'found' ? events.value['death'] : null;
    if (death === null || facts.deathDate !== null) return family;
    const deathDate = dateOf(death);
    return deathDate === null
      ? { ...family, unreadable: [...family.unreadable, 'deathDate'] }
      : { ...family, deathDate, unreadable: family.unreadable.filter((fact) => fact !== 'deathDate') };
  }

  /** Civil status's own fault where that register is in the way of a decision. */
  #faultOfFacts(personalId: string): Extract<RowVerdict, { state: 'fault' }> {
    const events = this.#mayNameDeceased ? null : this.#reader.get(EVENTS, personalId);
    return events?.state === 'fault' ? events : BROKEN_FACTS;
  }

  #readContext(): RowContext | RowVerdict {
    if (this.#context) return this.#context;
    const { agreement, callerUnit, today, self, officerPersonalId, caseId } = this.#rights;
    const officer = officerPersonalId === null ? null : this.#readOfficer(officerPersonalId, caseId);
    if (officer && 'state' in officer) return officer;
    const applicants = this.#readApplicants();
    if (!applicants) return WAITING;
    this.#context = { ...agreement, callerUnit, today, self, officer, applicants };
    return this.#context;
  }

  /** Null while records are missing. A party who is not of age, protected or unreadable relates nobody. */
  #readApplicants(): readonly Applicant[] | null {
    const applicants: Applicant[] = [];
    let isWaiting = false;
    for (const [personalId, caseId] of this.#parties) {
      const person = this.#reader.get(PERSON, personalId);
      const events = this.#reader.get(EVENTS, personalId);
      if (!person) this.#reader.want(PERSON, personalId, caseId);
      // A party may be somebody hidden: entries that were spoilt lately must not cost another call than nobody's.
      if (!events) this.#reader.want(EVENTS, personalId, caseId, 'spoilt-too');
      if (!person || !events) isWaiting = true;
      else if (person.state === 'found') {
        const facts = readPersonFacts(person.value);
        const { children, wards } = familyIn(events);
        if (facts && isApplicant(facts, this.#rights.today)) {
          applicants.push({ ...facts, charges: [...children, ...wards] });
        }
      }
    }
    return isWaiting ? null : applicants;
  }

  #readOfficer(personalId: string, caseId: string): OfficerKin | RowVerdict {
    const [person, events] = PERSON_AND_EVENTS.map((kind) => {
      const slot = this.#reader.get(kind, personalId);
      if (!slot) this.#reader.want(kind, personalId, caseId);
      return slot;
    });
    if (!person || !events) return WAITING;
    if (person.state === 'fault') return person;
    if (events.state === 'fault') return events;
    const family = familyIn(events);
    // An officer whom the register does not know has no relatives in it; other persons' own records still name the officer.
    if (person.state === 'absent') return { personalId, ...family, spouse: null };
    const own = readPersonFacts(person.value);
    const facts = own && withFamily(own, family);
    return !facts || facts.unreadable.includes('parents') || facts.unreadable.includes('spouse')
      ? BROKEN_FACTS
      : { ...facts, children: family.children, surname: readSurname(person.value) };
  }
}

function mayNameDeceased({ agreement }: RowRights): boolean {
  return agreement.clearance.has('deceased');
}

/** Whether no rule can deny anybody under these rights, whatever the facts. */
export function isOpenTo(rights: RowRights): boolean {
  const officer = rights.officerPersonalId === null ? null : UNKNOWN_OFFICER;
  const context = { ...rights.agreement, ...rights, officer, applicants: [] };
  return ROW_RULES.every((rule) => !appliesIn(rule, context));
}

/**
 * Lists the registers that are read under these rights before a plan's persons stand in an answer. `hasMatch`: somebody is asked for
 * with a factor, which is compared with a person's record.
 */
export function gateRegisters(
  { leadsToPersons, asksDeaths }: PlanRegisters,
  rights: RowRights,
  hasMatch: boolean,
): readonly RegisterName[] {
  // The officer's own record and those of a dossier's parties are read, with their families by the books, whoever stands in the answer.
  const isOpen = isOpenTo(rights);
  const { officerPersonalId, agreement } = rights;
  const readsFamilies = !isOpen && (officerPersonalId !== null || !agreement.clearance.has('minors'));
  const readsEvents = asksDeaths || readsFamilies || (leadsToPersons && !isOpen && !mayNameDeceased(rights));
  if (readsEvents) return PERSON_AND_EVENTS.map(registerOf);
  return isOpen && !hasMatch ? [] : PERSON_ALONE.map(registerOf);
}

function familyIn(events: RecordSlot): FamilyFacts {
  return events.state === 'found' ? readFamilyFacts(events.value) : NO_FAMILY;
}

/** The facts with those of the person's family by the civil-status books. */
function withFamily(facts: PersonFacts, family: FamilyFacts): PersonFacts {
  if (family === NO_FAMILY) return facts;
  return {
    ...facts,
    parents: [...facts.parents, ...family.parents],
    guardians: [...facts.guardians, ...family.guardians],
    unreadable: [
      ...facts.unreadable,
      ...(family.isParentageUnreadable ? (['parents'] as const) : []),
      ...(family.isGuardianshipUnreadable ? (['guardians'] as const) : []),
    ],
  };
}

/** Somebody of age who may care for a minor: alive, and known not to be protected. */
function isApplicant({ isProtected, deathDate, birthDate, unreadable }: PersonFacts, today: string): boolean {
  if (isProtected || unreadable.includes('isProtected') || deathDate !== null) return false;
  return hasReachedAge(birthDate, ADULT_AGE, today) === true;
}

function dateOf(death: unknown): string | null {
  if (death === BROKEN || typeof death !== 'object' || death === null || !('date' in death)) return null;
  return typeof death.date === 'string' ? death.date : null;
}
