import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { boundedWork } from '../../../src/plan/compile/plan-work.ts';
import { buildSchemaParts, operationOf, planOf } from '../../support/plan-parts.ts';

const parts = buildSchemaParts();

function workOf(source: string): number {
  const document = parse(source);
  return planOf(parts, document, operationOf(document), {}).work.reduce((sum, one) => sum + one, 0);
}

test('every field, and every object of a list below, adds to the estimate', () => {
  const one = workOf('{ citizen(personalId: "1") { sex } }');
  expect(workOf('{ citizen(personalId: "1") { sex a: sex } }')).toBeGreaterThan(one);
  const members = workOf('{ citizen(personalId: "1") { household { members { person { sex } } } } }');
  expect(members).toBeGreaterThan(3 * one);
  expect(workOf('{ citizens(personalIds: ["1"]) { citizen { sex } } }')).toBeGreaterThan(one);
});

test('a fragment counts wherever it is spread', () => {
  const spread = (times: number): number => {
    const aliases = Array.from({ length: times }, (_, n) => `m${n}: marriages { spouse { ...P } }`);
    return workOf(
      `{ citizen(personalId: "1") { ${aliases.join(' ')} } } fragment P on Citizen { sex birthDate }`,
    );
  };
  expect(spread(3) - spread(2)).toBeCloseTo(spread(2) - spread(1));
});

test('a page of the access log counts with all that is asked of its entries', () => {
  const fields = (count: number): string => Array.from({ length: count }, (_, n) => `f${n}: time`).join(' ');
  const page = (count: number): number => workOf(`{ myAccesses { accesses { ${fields(count)} } } }`);
  expect(page(20) - page(10)).toBeCloseTo(10 * 100 * 1.5);
});

test('no estimate is larger than the largest answer', () => {
  expect(boundedWork(1e9, 100)).toBe(boundedWork(1e9, 1));
  expect(boundedWork(1e9, 1)).toBeLessThan(1e6);
});
