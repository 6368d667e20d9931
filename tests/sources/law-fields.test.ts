import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { buildSchema, getNamedType, getNullableType, isListType, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { readSchemaSources } from '../../src/plan/schema/subschemas.ts';
import { readFieldFacts } from '../../src/sources/field-facts.ts';

/** Every field and link that the law lists for the four databases; the reference names coordinate, type and category. */
interface LawField {
  readonly register: string;
  readonly graphql: string;
  readonly type: string;
  readonly category: string;
}

const law = parse(
  gunzipSync(readFileSync(new URL('../prefill/reference/fields.csv.gz', import.meta.url))).toString('utf8'),
  { columns: true },
) as unknown as readonly LawField[];
const schema = buildSchema(readFileSync(new URL('../../schema/gateway.graphql', import.meta.url), 'utf8'));
const { facts } = readFieldFacts(readSchemaSources());

/** Fields that are left out, each with its reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {};

/** The field at the end of a chain such as `Citizen.name.full`, with the coordinate of its own type. */
function findField(chain: string) {
  const [root = '', ...names] = chain.split('.');
  let type = schema.getType(root);
  let found;
  for (const name of names) {
    if (!isObjectType(type)) return undefined;
    const field = type.getFields()[name];
    if (field === undefined) return undefined;
    found = { field, coordinate: `${type.name}.${name}` };
    type = getNamedType(field.type);
  }
  return found;
}

describe.each(['population', 'business', 'land', 'civil-status'])('the law’s fields of %s', (register) => {
  const fields = law.filter((one) => one.register === register && !(one.graphql in LEFT_OUT));

  test('are all in the schema', () => {
    expect(fields.filter(({ graphql }) => !findField(graphql)).map(({ graphql }) => graphql)).toEqual([]);
  });

  test('are of the type that the reference names', () => {
    const wrong = fields.flatMap(({ graphql, type }) => {
      const found = findField(graphql);
      if (!found) return [];
      const own = getNullableType(found.field.type);
      const name = getNamedType(own).name;
      const wanted = type.replace(/^-> /, '').replaceAll(/[[\]]/g, '');
      // A register may know a date in part.
      const isRight =
        (name === wanted || (wanted === 'Date' && name === 'PartialDate')) &&
        (!type.startsWith('[') || isListType(own));
      return isRight ? [] : [`${graphql} is ${String(own)}, not ${type}`];
    });
    expect(wrong).toEqual([]);
  });

  test('have the category of Decree 356/2025 and a Vietnamese term', () => {
    const wrong = fields.flatMap(({ graphql, category }) => {
      const found = findField(graphql);
      if (!found) return [];
      const { coordinate, field } = found;
      const isLabelled = facts.categoryOf(coordinate) === category;
      const hasTerm = /[à-ỹĐđ]|Khai sinh/i.test(field.description ?? '');
      return isLabelled && hasTerm
        ? []
        : [`${coordinate} ${facts.categoryOf(coordinate)} ${field.description}`];
    });
    expect(wrong).toEqual([]);
  });
});

test('the reference has 274 rows', () => {
  expect(law).toHaveLength(274);
});
