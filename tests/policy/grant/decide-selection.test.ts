import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { normaliseOperation } from '../../../src/operation/normalise-operation.ts';
import type { Agreement } from '../../../src/policy/agreement/agreement.ts';
import { decideSelection, hasDenial, type DecidedField } from '../../../src/policy/grant/decide-selection.ts';
import { readGrant } from '../../../src/policy/grant/grant.ts';
import type { DataCategory, FieldLabels } from '../../../src/policy/grant/field-labels.ts';
import { agreementOf } from '../../support/agreement.ts';
import { buildSchemaParts, operationOf } from '../../support/plan-parts.ts';

const { schema, facts } = buildSchemaParts();

function agreementWith(
  grant: string,
  categories: readonly DataCategory[] = ['BASIC', 'NON_PERSONAL'],
): Agreement {
  const read = readGrant(schema, facts, grant, new Set(categories));
  expect(read.faults).toEqual([]);
  return agreementOf({ grant: read.grant, categories: new Set(categories) });
}

function decide(agreement: Agreement, source: string): readonly DecidedField[] {
  const document = parse(source);
  const selection = normaliseOperation(schema, document, operationOf(document), {});
  return decideSelection(selection, agreement, facts);
}

/** `path CODE` of everything that is cut. */
function denials(fields: readonly DecidedField[], above = ''): readonly string[] {
  return fields.flatMap(({ field, cuts, children }) => {
    const path = `${above}${field.responseName}`;
    return cuts === null
      ? denials(children ?? [], `${path}.`)
      : cuts.map(({ code, path: below }) => `${[path, ...below].join('.')} ${code}`);
  });
}

const GRANT = agreementWith(`query Grant($id: ID!, $match: CitizenMatch) {
  citizen(personalId: $id, match: $match) {
    personalId
    name { full }
    marriages { spouse { name { full } } }
    household { members { relationToHead } }
  }
  business(code: $id) { code }
}`);

const TABLE: readonly (readonly [operation: string, denied: readonly string[]])[] = [
  ['{ citizen(personalId: "1") { name { full } } }', []],
  ['{ a: citizen(personalId: "1") { b: name { c: full } } }', []],
  ['{ citizen(personalId: "1") { sex name { full } } }', ['citizen.sex FIELD_NOT_GRANTED']],
  ['{ citizen(personalId: "1") { name: sex personalId } }', ['citizen.name FIELD_NOT_GRANTED']],
  // The right to a spouse's name is not the right to the spouse's spouse.
  [
    '{ citizen(personalId: "1") { marriages { spouse { name { full } marriages { entryNo } } } } }',
    ['citizen.marriages.spouse.marriages FIELD_NOT_GRANTED'],
  ],
  [
    '{ citizen(personalId: "1") { name { full } household { members { relationToHead person { name { full } } } } } }',
    ['citizen.household.members.person FIELD_NOT_GRANTED'],
  ],
  // Nothing granted but the type name: the selection set itself is denied, with what is cut below it.
  ['{ citizen(personalId: "1") { __typename } }', ['citizen FIELD_NOT_GRANTED']],
  ['{ citizen(personalId: "1") { __typename sex } }', ['citizen.sex FIELD_NOT_GRANTED']],
  [
    '{ citizen(personalId: "1") { personalId marriages { spouse { __typename sex } } } }',
    ['citizen.marriages FIELD_NOT_GRANTED'],
  ],
  ['{ citizen(personalId: "1") { __typename personalId name { full __typename } } }', []],
  // Nothing asked is not nothing granted: the grant holds the object's own path.
  ['{ citizen(personalId: "1") { personalId @skip(if: true) } }', []],
  ['{ citizen(personalId: "1") { birth { place @skip(if: true) } } }', ['citizen.birth FIELD_NOT_GRANTED']],
  [
    '{ citizen(personalId: "1") { name { full } household { members { person { sex birthDate } } } } }',
    ['citizen.household.members FIELD_NOT_GRANTED'],
  ],
  ['{ landParcel(id: "1") { id } }', ['landParcel FIELD_NOT_GRANTED']],
  ['{ __typename }', []],
  ['{ __schema { types { name } } __type(name: "Citizen") { name } }', []],
  // Arguments must stand in the grant, but for `first`.
  ['{ citizen(personalId: "1", match: { fullName: "A", birthDate: "1990" }) { personalId } }', []],
  [
    '{ business(code: "1", match: { fullName: "A", birthDate: "1990" }) { code } }',
    ['business ARGUMENT_NOT_GRANTED'],
  ],
  ['{ business(code: "1", match: null) { code } }', ['business ARGUMENT_NOT_GRANTED']],
  ['{ citizen(personalId: "1") { marriages(first: 3) { spouse { name { full } } } } }', []],
  // Other spellings of the same selection get the same decision.
  [
    '{ ...F } fragment F on Query { citizen(personalId: "1") { ... { ...G } } } fragment G on Citizen { x: sex personalId }',
    ['citizen.x FIELD_NOT_GRANTED'],
  ],
  [
    '{ citizen(personalId: "1") { personalId } citizen(personalId: "1") { sex } }',
    ['citizen.sex FIELD_NOT_GRANTED'],
  ],
  ['{ citizen(personalId: "1") { personalId sex @include(if: false) } }', []],
];

test.each(TABLE)('%s', (operation, denied) => {
  const decided = decide(GRANT, operation);
  expect(denials(decided)).toEqual(denied);
  expect(hasDenial(decided)).toBe(denied.length > 0);
});

describe('categories', () => {
  const grant = 'query Grant($id: ID!) { citizen(personalId: $id) { personalId religion } }';

  test('a category that the agreement does not name is cut even where a grant names the field', () => {
    const wide = agreementWith(grant, ['BASIC', 'SENSITIVE']);
    const narrow = { ...wide, categories: new Set<DataCategory>(['BASIC']) };
    const operation = '{ citizen(personalId: "1") { personalId religion } }';
    expect(denials(decide(wide, operation))).toEqual([]);
    expect(denials(decide(narrow, operation))).toEqual(['citizen.religion FIELD_NOT_GRANTED']);
  });

  test('a field without a label is never granted', () => {
    const agreement = agreementWith(grant, ['BASIC', 'SENSITIVE']);
    const document = parse('{ citizen(personalId: "1") { personalId religion } }');
    const selection = normaliseOperation(schema, document, operationOf(document), {});
    const decided = decideSelection(selection, agreement, {
      categoryOf: (coordinate) =>
        coordinate === 'Citizen.religion' ? undefined : facts.categoryOf(coordinate),
    });
    expect(denials(decided)).toEqual(['citizen.religion FIELD_NOT_GRANTED']);
  });
});

describe('interfaces and unions', () => {
  const abstract = buildSchema(`
    interface Party { name: String holds: [Thing] }
    type Person implements Party { name: String holds: [Thing] sex: String }
    type Company implements Party { name: String holds: [Thing] code: String }
    type Parcel { area: Int owner: Party }
    union Thing = Parcel | Company
    type Query { party: Party thing: Thing }
  `);
  const labels: FieldLabels = { categoryOf: () => 'BASIC' };
  const { grant } = readGrant(
    abstract,
    labels,
    '{ party { name ... on Person { holds { ... on Parcel { area } } } } thing { ... on Parcel { owner { ... on Company { code } } } } }',
    new Set(['BASIC']),
  );
  const agreement = agreementOf({ grant, categories: new Set(['BASIC']) });

  /** `path CODE` of what is cut, with the object type where the path leads through an interface or union. */
  const cut = (fields: readonly DecidedField[], above = ''): readonly string[] =>
    fields.flatMap(({ field, cuts, children, possible }) => {
      const path = `${above}${field.responseName}`;
      if (cuts !== null) return cuts.map(({ code, path: below }) => `${[path, ...below].join('.')} ${code}`);
      if (possible === null) return cut(children ?? [], `${path}.`);
      return [...possible].flatMap(([type, decided]) =>
        decided ? cut(decided, `${path}(${type}).`) : [`${path}(${type}) nothing`],
      );
    });

  // An operation within the grant may still meet an object of a type that it asks nothing of.
  const table: readonly (readonly [operation: string, isWithin: boolean, wanted: readonly string[]])[] = [
    ['{ party { name } }', true, []],
    ['{ party { ... on Person { name } ... on Company { name } } }', true, []],
    ['{ party { __typename ... on Person { name } } }', true, ['party(Company) nothing']],
    [
      '{ party { ... on Company { name code } } }',
      false,
      ['party(Person) nothing', 'party(Company).code FIELD_NOT_GRANTED'],
    ],
    ['{ party { ... on Company { code } ... on Person { name } } }', false, ['party(Company) nothing']],
    ['{ party { ... on Person { sex } ... on Company { code } } }', false, ['party FIELD_NOT_GRANTED']],
    ['{ party { __typename } }', false, ['party FIELD_NOT_GRANTED']],
    // Selected on the interface, granted on one object type.
    [
      '{ party { name holds { ... on Parcel { area } } } }',
      false,
      ['party(Person).holds(Company) nothing', 'party(Company).holds FIELD_NOT_GRANTED'],
    ],
    [
      '{ party { ... on Person { holds { ... on Company { name } } } name } }',
      false,
      ['party(Person).holds FIELD_NOT_GRANTED'],
    ],
    // The right to a company as an owner is not the right to it as a thing.
    [
      '{ thing { ... on Parcel { owner { ... on Company { code } } } ... on Company { code } } }',
      false,
      ['thing(Parcel).owner(Person) nothing', 'thing(Company) nothing'],
    ],
  ];

  test.each(table)('%s: within the grant %s', (operation, isWithin, wanted) => {
    const document = parse(operation);
    expect(validate(abstract, document)).toEqual([]);
    const selection = normaliseOperation(abstract, document, operationOf(document), {});
    const decided = decideSelection(selection, agreement, labels);
    expect(cut(decided)).toEqual(wanted);
    expect(hasDenial(decided)).toBe(!isWithin);
  });

  test('a restricted argument is said so of a field of an interface too', () => {
    const restricted = buildSchema(
      'interface I { a: Int } type A implements I { a: Int } type Query { i(x: Int): I }',
    );
    const read = readGrant(restricted, labels, '{ i(x: 1) { a } }', new Set(['BASIC']));
    const document = parse('{ i(x: 1) { a } }');
    const selection = normaliseOperation(restricted, document, operationOf(document), {});
    const [decided] = decideSelection(selection, { ...agreement, grant: read.grant }, labels);
    expect(decided?.isRestricted).toBe(true);
  });
});
