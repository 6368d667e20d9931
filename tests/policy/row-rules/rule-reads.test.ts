import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRow, ROW_RULES } from '../../../src/policy/row-rules/decide-row.ts';
import type { PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';
import { appliesIn, type RowContext } from '../../../src/policy/row-rules/row-rule.ts';
import { denies } from './fixtures.ts';
import { context, facts, factsOf } from './random-facts.ts';

/** What each rule may read; it answers the same whatever the rest holds. */
const READS: Readonly<Record<string, readonly (keyof PersonFacts | keyof RowContext)[]>> = {
  protected: ['isProtected', 'clearance'],
  territory: ['residence', 'territory', 'callerUnit'],
  deceased: ['deathDate', 'clearance'],
  minor: ['personalId', 'birthDate', 'parents', 'household', 'guardians', 'clearance', 'today', 'applicants'],
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
        expect(denies(rule, mixed, { ...other, ...kept })).toBe(denies(rule, a, asked));
      }),
      { numRuns: 500 },
    );
  });

  it('says which facts it reads', () => {
    const names = Object.keys(factsOf).filter((fact) => fact !== 'personalId');
    const said = [...rule.reads, ...(rule.liftedBy ?? [])];
    expect(said).toEqual(names.filter((fact) => reads.some((read) => read === fact)));
  });

  it('denies nobody where it does not apply', () => {
    fc.assert(
      fc.property(facts, context, (a, asked) => {
        expect(denies(rule, a, asked) && !appliesIn(rule, asked)).toBe(false);
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
          denies(rule, { ...a, ...pick(b, [read]) }, { ...asked, ...pick(other, [read]) }) !==
          denies(rule, a, asked),
      ),
    ).toBe(true);
  });
});

it('the first that denies decides, of everybody but the citizen who asks', () => {
  fc.assert(
    fc.property(facts, context, (a, asked) => {
      const first = ROW_RULES.find((rule) => denies(rule, a, asked)) ?? null;
      const wanted = asked.self === a.personalId ? null : (first?.name ?? null);
      expect(decideRow(a, asked).decision).toBe(wanted);
    }),
    { numRuns: 2_000 },
  );
});

function pick<T extends object>(from: T, names: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name))) as Partial<T>;
}
