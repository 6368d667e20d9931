import type { Clearance } from '../../../src/policy/agreement/agreement.ts';
import type { PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';
import {
  appliesIn,
  type OfficerKin,
  type RowContext,
  type RowRule,
} from '../../../src/policy/row-rules/row-rule.ts';
import type { UnitReference } from '../../../src/units/unit-reference.ts';

export const PERSON = '001190900011';
export const OFFICER = '001085900012';
export const FATHER = '001060900013';
export const MOTHER = '001163900014';
export const STRANGER = '001075900015';

/** An adult of Hoàn Kiếm with nothing that a rule minds, whom nobody of the office is related to. */
export const ADULT: PersonFacts = {
  personalId: PERSON,
  isProtected: false,
  deathDate: null,
  birthDate: '1990-05-12',
  residence: { communeCode: '00070', provinceCode: '01', generation: 'current' },
  parents: [],
  spouse: null,
  household: null,
  guardians: [],
  unreadable: [],
};

/** Nation-wide, without clearance, asked by a system. */
export const CONTEXT: RowContext = {
  territory: 'nation',
  clearance: new Set(),
  callerUnit: null,
  today: '2026-11-21',
  self: null,
  officer: null,
  applicants: [],
};

export const ALONE: OfficerKin = { personalId: OFFICER, parents: [], children: [], spouse: null };

export const cleared = (...clearance: readonly Clearance[]): Partial<RowContext> => ({
  clearance: new Set(clearance),
});

export const living = (
  communeCode: string,
  provinceCode: string,
  generation: UnitReference['generation'] = 'current',
): Partial<PersonFacts> => ({ residence: { communeCode, provinceCode, generation } });

/** A row of a decision table: what differs from ADULT and CONTEXT, and whether the rule denies. */
export type Decision = readonly [
  what: string,
  facts: Partial<PersonFacts>,
  context: Partial<RowContext>,
  isDenied: boolean,
];

export const denies = (rule: RowRule, facts: PersonFacts, context: RowContext): boolean =>
  appliesIn(rule, context) && rule.holds(facts, context);
