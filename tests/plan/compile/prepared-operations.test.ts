import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { UserInputError } from '../../../src/operation/user-input-error.ts';
import { PreparedOperations } from '../../../src/plan/compile/prepared-operations.ts';
import { readGrant } from '../../../src/policy/grant/grant.ts';
import type { Agreement } from '../../../src/policy/agreement/agreement.ts';
import { agreementOf } from '../../support/agreement.ts';
import { buildSchemaParts, operationOf } from '../../support/plan-parts.ts';

const { schema, bindings, facts } = buildSchemaParts();
const categories = new Set(['BASIC', 'SENSITIVE', 'NON_PERSONAL'] as const);

function agreementWith(fields: string, given: Partial<Agreement> = {}): Agreement {
  const { grant } = readGrant(
    schema,
    facts,
    `query Grant($id: ID!) { citizen(personalId: $id) { ${fields} } }`,
    categories,
  );
  return agreementOf({ grant, categories, ...given });
}

const prepared = new PreparedOperations(schema, bindings, facts);
const wide = agreementWith('personalId sex');
const SOURCE = `query A($x: Boolean = true, $id: ID = "1") { citizen(personalId: $id) { personalId sex @include(if: $x) } }
  query B { citizen(personalId: "1") { sex } }`;
const document = parse(SOURCE);

/** Response names of the citizen in a plan, `!` where denied. */
function planned(
  name: string,
  variables: Readonly<Record<string, unknown>>,
  agreement = wide,
  of = document,
): string {
  const plan = prepared.prepare({ document: of, operation: operationOf(of, name), variables, agreement });
  return plan.roots
    .map((root) =>
      root.shape === 'single'
        ? root.object.fields
            .map(({ responseName, shape }) => responseName + (shape === 'denied' ? '!' : ''))
            .join(' ')
        : root.shape,
    )
    .join(', ');
}

test('what makes another operation makes another plan', () => {
  expect(planned('A', { x: true })).toBe('personalId sex');
  expect(planned('A', { x: false })).toBe('personalId');
  expect(planned('B', {})).toBe('sex');
  expect(planned('A', { x: true }, agreementWith('personalId'))).toBe('personalId sex!');
  expect(planned('A', { x: true }, agreementWith('birthDate'))).toBe('denied');
});

test('an agreement that was changed under its own id and version is another one', () => {
  expect(planned('A', { x: true }, agreementWith('personalId sex', { id: 'z', version: 3 }))).toBe(
    'personalId sex',
  );
  expect(planned('A', { x: true }, agreementWith('personalId', { id: 'z', version: 3 }))).toBe(
    'personalId sex!',
  );
});

test('values of variables make no other plan, conditions do', () => {
  const plan = (variables: Readonly<Record<string, unknown>>) =>
    prepared.prepare({ document, operation: operationOf(document, 'A'), variables, agreement: wide });
  expect(plan({ x: true, id: '1' })).toBe(plan({ x: true, id: '2' }));
  expect(plan({ x: true })).not.toBe(plan({ x: false }));
});

test('a null condition is refused also when the plan of `false` is at hand', () => {
  planned('A', { x: false });
  expect(() => planned('A', { x: null })).toThrow(UserInputError);
});

test('equal names in other documents are other operations', () => {
  const other = parse('query A($x: Boolean = true) { citizen(personalId: "1") { x: sex } }');
  expect(planned('A', { x: true }, wide, other)).toBe('x');
  expect(planned('A', { x: true })).toBe('personalId sex');
});

test('data is asked or not, whatever the conditions', () => {
  const asks = (source: string): boolean => {
    const own = parse(source);
    return prepared.asksData(own, operationOf(own));
  };
  expect(asks('{ __typename }')).toBe(false);
  expect(asks('{ __schema { types { name } } }')).toBe(false);
  expect(asks('{ citizen(personalId: "1") @skip(if: true) { sex } }')).toBe(true);
});

test.each([
  ['long texts', (n: number) => `# ${'x'.repeat(20_000)}\n{ citizen(personalId: "${n}") { sex } }`],
  ['long names', (n: number) => `query Q${'x'.repeat(20_000)}${n} { citizen(personalId: "1") { sex } }`],
  [
    'many fields',
    (n: number) =>
      `{ citizen(personalId: "${n}") { ${Array.from({ length: 100 }, (_, i) => `f${i}: sex`).join(' ')} } }`,
  ],
])('plans are kept by what they weigh: few with %s, many small ones', (_name, sourceOf) => {
  const operations = new PreparedOperations(schema, bindings, facts, 400_000);
  const keptOf = (sources: readonly string[]): number => {
    const documents = sources.map((source) => parse(source));
    const planAll = () =>
      documents.map((of) =>
        operations.prepare({ document: of, operation: operationOf(of), variables: {}, agreement: wide }),
      );
    const first = planAll();
    // From the latest on, so that looking does not drop what is kept.
    documents.reverse();
    const again = planAll().toReversed();
    return first.filter((plan, index) => plan === again[index]).length;
  };
  expect(keptOf(Array.from({ length: 20 }, (_, n) => sourceOf(n)))).toBeLessThan(10);
  expect(keptOf(Array.from({ length: 20 }, (_, n) => `{ citizen(personalId: "${n}") { birthDate } }`))).toBe(
    20,
  );
});
