import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, getNamedType, getNullableType, isListType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { csvRows, listsIn, type CsvRow } from '../../src/commands/command-line/csv-rows.ts';
import { readSchemaSources } from '../../src/plan/schema/subschemas.ts';
import { fieldAt } from '../../src/prefill/expand/coordinate-chain.ts';
import { readFieldFacts } from '../../src/sources/field-facts.ts';

/** Every field and link that the law lists for the four databases; the reference names coordinate, type and category. */
interface LawField {
  readonly register: string;
  readonly graphql: string;
  readonly type: string;
  readonly category: string;
}

const reference = listsIn(fileURLToPath(new URL('../prefill/procedures/reference', import.meta.url)));
const law = csvRows(reference('fields.csv')) as readonly (CsvRow & LawField)[];
const schema = buildSchema(readFileSync(new URL('../../schema/gateway.graphql', import.meta.url), 'utf8'));
const { facts } = readFieldFacts(readSchemaSources());

/** Fields that are left out, each with its reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {};

describe.each(['population', 'business', 'land', 'civil-status'])('the law’s fields of %s', (register) => {
  const fields = law.filter((one) => one.register === register && !(one.graphql in LEFT_OUT));

  test('are all in the schema', () => {
    expect(fields.filter(({ graphql }) => !fieldAt(schema, graphql)).map(({ graphql }) => graphql)).toEqual(
      [],
    );
  });

  test('are of the type that the reference names', () => {
    const wrong = fields.flatMap(({ graphql, type }) => {
      const found = fieldAt(schema, graphql);
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
      const found = fieldAt(schema, graphql);
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
