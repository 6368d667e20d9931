import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { sizeOfPlan } from '../../../src/plan/compile/plan-size.ts';
import { buildSchemaParts, operationOf, planOf } from '../../support/plan-parts.ts';

const parts = buildSchemaParts();

test.each([
  ['{ __typename }', 2],
  ['{ citizen(personalId: "1") { sex } }', 3],
  ['{ citizen(personalId: "1") { marriages { spouse { sex birthDate } } } }', 6],
  ['{ citizens(personalIds: ["1", "2"]) { status citizen { sex a: sex } } }', 6],
])('%s: %i', (source, size) => {
  const document = parse(source);
  expect(sizeOfPlan(planOf(parts, document, operationOf(document), {}))).toBe(size);
});

test('a fragment counts wherever it is spread', () => {
  const spread = (times: number): number => {
    const aliases = Array.from({ length: times }, (_, n) => `m${n}: marriages { spouse { ...P } }`);
    const document = parse(
      `{ citizen(personalId: "1") { ${aliases.join(' ')} } } fragment P on Citizen { sex birthDate }`,
    );
    return sizeOfPlan(planOf(parts, document, operationOf(document), {}));
  };
  expect(spread(3) - spread(2)).toBe(4);
});
