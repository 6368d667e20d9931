import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { buildFieldNames } from '../../../src/access-log/questions/field-names.ts';

const fieldName = buildFieldNames(
  buildSchema(`
    type Query { citizen: Citizen }
    type Citizen {
      "Họ, chữ đệm và tên khai sinh"
      name: String
      "Ngày, tháng, năm sinh"
      birthDate: String
      "Hộ gia đình: chủ hộ và thành viên hộ"
      household: String
      "Họ tên đầy đủ, as the register spells it"
      full: String
      "Nơi thường trú (Law 26/2023)"
      residence: String
      "Người thành niên, 18 years or older; null where open"
      isAdult: String
      "The id as asked"
      id: String
      none: String
    }
  `),
);

test.each([
  ['Citizen.name', 'Họ, chữ đệm và tên khai sinh'],
  ['Citizen.birthDate', 'Ngày, tháng, năm sinh'],
  ['Citizen.household', 'Hộ gia đình'],
  ['Citizen.full', 'Họ tên đầy đủ'],
  ['Citizen.residence', 'Nơi thường trú'],
  ['Citizen.isAdult', 'Người thành niên'],
  ['Citizen.id', null],
  ['Citizen.none', null],
  ['Citizen.gone', null],
  ['Gone.field', null],
])('%s is %s', (coordinate, wanted) => {
  expect(fieldName(coordinate)).toBe(wanted);
});
