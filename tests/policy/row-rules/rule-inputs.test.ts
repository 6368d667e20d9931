import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clearance, Territory } from '../../../src/policy/agreement.ts';
import { decideRow, ROW_RULES } from '../../../src/policy/row-rules/decide-row.ts';
import type { PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';
import type { OfficerKin, RowContext } from '../../../src/policy/row-rules/row-rule.ts';
import type { UnitReference } from '../../../src/units/unit-reference.ts';
import { FATHER, MOTHER, OFFICER, PERSON, STRANGER } from './fixtures.ts';

const person = fc.constantFrom(PERSON, OFFICER, FATHER, MOTHER, STRANGER);
const parents = fc.uniqueArray(person, { maxLength: 2 });
const spouse = fc.option(person);
const date = fc.constantFrom('1954', '2008', '2008-11', '2008-11-21', '2015-06-01', 'unknown');
const unit = fc.constantFrom('00070', '00043', '00634', '00692', '26737', '755', '99999');
const province = fc.constantFrom('01', '02', '08', '79', '77');
const generation = fc.constantFrom<UnitReference['generation']>('current', 'former', 'undated');
const residence = fc.option(
  fc.record<UnitReference>({ communeCode: unit, provinceCode: province, generation }),
);

const factsOf: { readonly [Name in keyof PersonFacts]: fc.Arbitrary<PersonFacts[Name]> } = {
  personalId: person,
  isProtected: fc.boolean(),
  deathDate: fc.option(date),
  birthDate: date,
  residence,
  parents,
  spouse,
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
  officer: fc.option(fc.record<OfficerKin>({ personalId: person, parents, spouse })),
};
const facts = fc.record<PersonFacts>(factsOf);
const context = fc.record<RowContext>(contextOf);

/** What each rule may read; it answers the same whatever the rest holds. */
const READS: Readonly<Record<string, readonly (keyof PersonFacts | keyof RowContext)[]>> = {
  protected: ['isProtected', 'clearance'],
  territory: ['residence', 'territory', 'callerUnit'],
  deceased: ['deathDate', 'clearance'],
  minor: ['birthDate', 'clearance', 'today'],
  'own-data': ['personalId', 'officer'],
  relatives: ['personalId', 'parents', 'spouse', 'officer'],
};

describe.each(ROW_RULES.map((rule) => [rule.name, rule] as const))('%s', (name, rule) => {
  const reads = READS[name] ?? [];

  it('never depends on what it should not read', () => {
    fc.assert(
      fc.property(facts, context, facts, context, (a, asked, b, other) => {
        const kept = { ...pick(a, reads), ...pick(asked, reads) };
        const mixed = { ...b, ...kept };
        expect(rule.denies(mixed, { ...other, ...kept })).toBe(rule.denies(a, asked));
      }),
      { numRuns: 500 },
    );
  });

  it('says which facts it reads', () => {
    const names = Object.keys(factsOf).filter((fact) => fact !== 'personalId');
    expect(rule.reads).toEqual(names.filter((fact) => reads.some((read) => read === fact)));
  });

  it('denies nobody where it does not apply', () => {
    fc.assert(
      fc.property(facts, context, (a, asked) => {
        expect(rule.denies(a, asked) && !rule.applies(asked)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each(reads)('depends on %s', (read) => {
    // Some change of this alone changes the answer: else the row above would say too much of what it reads.
    const changed = fc.sample(fc.tuple(facts, context, facts, context), { numRuns: 5_000, seed: 261_121 });
    expect(
      changed.some(
        ([a, asked, b, other]) =>
          rule.denies({ ...a, ...pick(b, [read]) }, { ...asked, ...pick(other, [read]) }) !==
          rule.denies(a, asked),
      ),
    ).toBe(true);
  });
});

it('the first that denies decides, of everybody but the citizen who asks', () => {
  fc.assert(
    fc.property(facts, context, (a, asked) => {
      const first = ROW_RULES.find((rule) => rule.denies(a, asked)) ?? null;
      expect(decideRow(a, asked)).toBe(asked.self === a.personalId ? null : first);
    }),
    { numRuns: 2_000 },
  );
});

function pick<T extends object>(from: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name))) as Partial<T>;
}
