import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildFieldNames } from '../../../src/access-log/queries/field-names.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema/gateway.graphql', import.meta.url), 'utf8'));
const fieldName = buildFieldNames(schema);

test.each([
  ['Citizen.personalId', 'Số định danh cá nhân'],
  ['Citizen.name', 'Họ, chữ đệm và tên khai sinh'],
  ['Citizen.household', 'Hộ gia đình'],
  ['Citizen.birth', 'Khai sinh'],
  ['Citizen.landParcels', 'Thửa đất'],
  ['Citizen.livesIn', 'Có thường trú trong địa bàn hay không'],
  ['BirthEntry.father', 'Cha'],
  ['PersonName.full', 'Họ tên đầy đủ'],
  ['HouseholdMember.person', null],
  ['Citizen.gone', null],
  ['Gone.field', null],
])('%s is %s', (coordinate, wanted) => {
  expect(fieldName(coordinate)).toBe(wanted);
});

/** Roots, items of lists, and what the log itself answers. */
const OF_THE_GATEWAY = /^(__|Query$|.*Item$|Access|Alert|Breach|Grant|Replay|MyAccess|Unreadable)/;
/** Words that no Vietnamese term has. */
const ENGLISH =
  /\b(the|that|which|of|on|over|as|with|without|order|included|holds|owns|whether|register|code)\b/i;

describe('every field of what citizens are told of', () => {
  const coordinates = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !OF_THE_GATEWAY.test(type.name))
    .flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
    );

  test.each(coordinates)('%s has a term, and that alone', (coordinate) => {
    const term = fieldName(coordinate);
    // A way to another record, whose own fields have terms.
    const isWay = /\.(person|organisation)$/.test(coordinate);
    expect({ isThere: term !== null, isEnglish: ENGLISH.test(term ?? '') }).toEqual({
      isThere: !isWay,
      isEnglish: false,
    });
  });
});
