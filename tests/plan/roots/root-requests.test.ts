import { parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import { coerceVariables } from '../../../src/operation/coerce-variables.ts';
import { UserInputError } from '../../../src/operation/user-input-error.ts';
import { readRootRequests, type RootRequest } from '../../../src/plan/roots/root-requests.ts';
import { populationRegister } from '../../../src/sources/population/register.ts';
import { codeOf } from '../../sources/fixtures/register-fixture.ts';
import { buildSchemaParts, operationOf, planOf } from '../../support/plan-parts.ts';

const parts = buildSchemaParts();

function requestsOf(
  source: string,
  inputs: Readonly<Record<string, unknown>> = {},
  caseId?: string,
): readonly RootRequest[] {
  const document = parse(source);
  const operation = operationOf(document);
  const variables = coerceVariables(parts.schema, operation, inputs);
  return readRootRequests(planOf(parts, document, operation, variables), variables, caseId);
}

/** Keys asked of registers, `-` for a malformed identifier. */
const keysOf = (requests: readonly RootRequest[]): readonly string[] =>
  requests.flatMap(({ keys }) => keys.map(({ key, match }) => `${key ?? '-'}${match ? '+' : ''}`));

const MATCH = '{ fullName: "A", birthDate: "1990" }';

test.each([
  ['{ citizen(personalId: "001099000001") { sex } }', {}, ['001099000001']],
  ['query ($id: ID!) { citizen(personalId: $id) { sex } }', { id: '001099000001' }, ['001099000001']],
  ['query ($id: ID = "001099000001") { citizen(personalId: $id) { sex } }', {}, ['001099000001']],
  ['{ citizen(personalId: 12) { sex } }', {}, ['-']],
  ['{ landCertificate(serial: "AA12345678") { serial } }', {}, ['AA12345678']],
  [`{ citizen(personalId: "001099000001", match: ${MATCH}) { sex } }`, {}, ['001099000001+']],
  ['{ citizen(personalId: "001099000001", match: null) { sex } }', {}, ['001099000001']],
  [
    'query ($m: CitizenMatch) { citizen(personalId: "001099000001", match: $m) { sex } }',
    {},
    ['001099000001'],
  ],
  [
    `{ citizens(personalIds: ["001099000001", "x"], matches: [null, ${MATCH}]) { status } }`,
    {},
    ['001099000001', '-+'],
  ],
  ['{ citizens(personalIds: "001099000001") { status } }', {}, ['001099000001']],
  ['{ citizens(personalIds: []) { status } }', {}, []],
  ['{ __typename }', {}, []],
])('%s %o asks for %j', (source, inputs, keys) => {
  expect(keysOf(requestsOf(source, inputs))).toEqual(keys);
});

const FIRST =
  'query ($n: Int, $m: Int = 101) { citizen(personalId: "1") { marriages(first: $n) { spouse { businesses(first: $m) { code } } } } }';
const ids = (count: number): readonly string[] => Array.from({ length: count }, () => '001099000001');

test.each([
  [FIRST, { m: 100 }, 'fulfilled'],
  [FIRST, { n: 0, m: null }, 'fulfilled'],
  [FIRST, {}, 'OPERATION_TOO_LARGE'],
  [FIRST, { n: 101, m: 1 }, 'OPERATION_TOO_LARGE'],
  ['{ citizen(personalId: "1") { landParcels(first: 1000) { id } } }', {}, 'OPERATION_TOO_LARGE'],
  ['query ($ids: [ID!]!) { citizens(personalIds: $ids) { status } }', { ids: ids(100) }, 'fulfilled'],
  [
    'query ($ids: [ID!]!) { citizens(personalIds: $ids) { status } }',
    { ids: ids(101) },
    'OPERATION_TOO_LARGE',
  ],
  [
    'query ($ids: [ID!]!) { citizen(personalId: "1") { sex } citizens(personalIds: $ids) { status } }',
    { ids: ids(100) },
    'OPERATION_TOO_LARGE',
  ],
])('%s %o: %s', async (source, inputs, outcome) => {
  expect(await codeOf(Promise.resolve().then(() => requestsOf(source, inputs)))).toBe(outcome);
});

test('roots that share one long list are refused before any of its identifiers is looked at', () => {
  const citizen = populationRegister.binding.roots['citizen'];
  if (!citizen) throw new Error('no root');
  const parsed = vi.spyOn(citizen, 'parse');
  const roots = Array.from({ length: 100 }, (_, n) => `c${n}: citizens(personalIds: $ids) { status }`);
  const source = `query ($ids: [ID!]!) { ${roots.join(' ')} }`;
  expect(() => requestsOf(source, { ids: ids(1_000) })).toThrow(
    expect.objectContaining({ code: 'OPERATION_TOO_LARGE' }),
  );
  expect(parsed).not.toHaveBeenCalled();
  parsed.mockRestore();
});

test.each([
  [FIRST, { n: -1, m: 1 }],
  ['{ citizens(personalIds: ["1", "2"], matches: [null]) { status } }', {}],
  // A null where the factor needs a value must not leave the factor out.
  [
    `query ($name: String = "A") { citizen(personalId: "1", match: { fullName: $name, birthDate: "1990" }) { sex } }`,
    { name: null },
  ],
  [
    `query ($name: String = "A") { citizens(personalIds: ["1"], matches: [{ fullName: $name, birthDate: "1990" }]) { status } }`,
    { name: null },
  ],
  ['query ($id: ID = "1") { citizen(personalId: $id) { sex } }', { id: null }],
  ['query ($ids: [ID!] = ["1"]) { citizens(personalIds: $ids) { status } }', { ids: null }],
])('%s %o is the caller’s fault', (source, inputs) => {
  expect(() => requestsOf(source, inputs)).toThrow(UserInputError);
});

const OWN_CASES = 'query ($c: [String]) { citizens(personalIds: ["001099000001"], caseIds: $c) { status } }';

test.each([
  ['H26-261121-0001', null, 'H26-261121-0001'],
  ['H26-261121-0001', 'H26-261121-0002', 'H26-261121-0002'],
  ['H26-261121-0001', 'Nguyễn Văn An', ''],
  // Of an agreement that needs no case, where the dossier service is never asked.
  [undefined, null, ''],
  [undefined, 'H26-261121-0002', ''],
  [undefined, 'Nguyễn Văn An', ''],
])('a request of case %s with an item of case %s is about case %j', (requestCase, ownCase, caseId) => {
  const asked = requestsOf(OWN_CASES, { c: [ownCase] }, requestCase);
  expect(asked.flatMap(({ keys }) => keys.map((key) => key.caseId))).toEqual([caseId]);
});
