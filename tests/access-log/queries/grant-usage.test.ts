import { buildSchema, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { leavesOf, withoutLeaves } from '../../../src/access-log/queries/grant-usage.ts';

const schema = buildSchema(`type Query { citizen(id: ID!): Citizen business(code: ID!): Business }
  type Citizen { id: ID name: Name birth: Birth spouse: Citizen } type Name { full: String family: String }
  type Birth { place: String mother: Citizen } type Business { code: ID }`);
const cut = (grant: string, ...coordinates: string[]): string | null => {
  const left = withoutLeaves(schema, parse(grant), new Set(coordinates));
  return left && print(left).replaceAll(/\s+/g, ' ');
};

const GRANT = `query ($id: ID! $code: ID!) { citizen(id: $id) { id ...Named birth { place mother { ...Named } } }
  business(code: $code) { code } } fragment Named on Citizen { name { full family } }`;

test('the values of a grant are listed once, through fragments too', () => {
  expect(leavesOf(schema, parse(GRANT))).toEqual([
    'Citizen.id',
    'Birth.place',
    'Business.code',
    'Name.full',
    'Name.family',
  ]);
});

test.each([
  ['nothing', [], GRANT],
  ['a leaf', ['Name.family'], GRANT.replace(' family', '')],
  [
    'a root with its variable',
    ['Business.code'],
    GRANT.replace(' $code: ID!', '').replace(/\s+business\(.*?\}/, ''),
  ],
  [
    'a fragment that is left empty, with its spreads and what they emptied',
    ['Name.full', 'Name.family'],
    'query ($id: ID! $code: ID!) { citizen(id: $id) { id birth { place } } business(code: $code) { code } }',
  ],
])('without %s', (_what, coordinates, left) => {
  expect(cut(GRANT, ...coordinates)).toBe(print(parse(left)).replaceAll(/\s+/g, ' '));
});

test('nothing is left', () => {
  expect(cut('query ($code: ID!) { business(code: $code) { code } }', 'Business.code')).toBeNull();
});
