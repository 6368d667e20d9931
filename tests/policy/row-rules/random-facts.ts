import * as fc from 'fast-check';
import type { Clearance, Territory } from '../../../src/policy/agreement/agreement.ts';
import type { FactName, PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';
import type { Applicant, OfficerKin, RowContext } from '../../../src/policy/row-rules/row-rule.ts';
import type { UnitReference } from '../../../src/units/unit-reference.ts';
import { FATHER, MOTHER, OFFICER, PERSON, STRANGER } from './fixtures.ts';

const person = fc.constantFrom(PERSON, OFFICER, FATHER, MOTHER, STRANGER);
const parents = fc.uniqueArray(person, { maxLength: 2 });
const children = fc.uniqueArray(person, { maxLength: 2 });
const household = fc.constantFrom('HK1', 'HK2');
const spouse = fc.option(person);
const date = fc.constantFrom('1954', '2008', '2008-11', '2008-11-21', '2015-06-01', 'unknown');
const unit = fc.constantFrom('00070', '00043', '00634', '00692', '26737', '755', '99999');
const province = fc.constantFrom('01', '02', '08', '79', '77');
const generation = fc.constantFrom<UnitReference['generation']>('current', 'former', 'undated');
const residence = fc.option(
  fc.record<UnitReference>({ communeCode: unit, provinceCode: province, generation }),
);

/** Facts that can be read, each by itself. */
export const factsOf: { readonly [Name in keyof PersonFacts]: fc.Arbitrary<PersonFacts[Name]> } = {
  personalId: person,
  isProtected: fc.boolean(),
  deathDate: fc.option(date),
  birthDate: date,
  residence,
  parents,
  spouse,
  household: fc.option(household),
  guardians: fc.uniqueArray(person, { maxLength: 2 }),
  unreadable: fc.constant([]),
};
const contextOf: { readonly [Name in keyof RowContext]: fc.Arbitrary<RowContext[Name]> } = {
  territory: fc.oneof(
    fc.constantFrom<Territory>('nation', 'caller-unit'),
    fc.uniqueArray(fc.oneof(unit, province), { maxLength: 3 }),
  ),
  clearance: fc
    .uniqueArray(fc.constantFrom<Clearance>('protected', 'deceased', 'minors'))
    .map((one) => new Set(one)),
  callerUnit: fc.option(unit),
  today: fc.constantFrom('2026-11-21', '2026-12-31', '2033-06-01'),
  self: fc.option(person),
  officer: fc.option(fc.record<OfficerKin>({ personalId: person, parents, children, spouse })),
  applicants: fc.array(
    fc.record<Applicant>({ personalId: person, household: fc.option(household), charges: children }),
    {
      maxLength: 2,
    },
  ),
};
export const facts = fc.record<PersonFacts>(factsOf);
export const context = fc.record<RowContext>(contextOf);

const FACTS: readonly FactName[] = [
  'isProtected',
  'deathDate',
  'birthDate',
  'residence',
  'parents',
  'spouse',
  'household',
  'guardians',
];

/** Facts of which some may be unreadable. */
export const poorFacts = fc.record<PersonFacts>({ ...factsOf, unreadable: fc.subarray([...FACTS]) });
