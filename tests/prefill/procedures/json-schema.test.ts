import { expect, test } from 'vitest';
import { jsonSchemaOf } from '../../../src/prefill/procedures/json-schema.ts';
import { readProcedures } from '../../../src/prefill/procedures/procedures.ts';

const procedures = readProcedures(() => true);

test.each([...procedures.keys()])('the schema of %s has every field once', (code) => {
  const procedure = procedures.get(code);
  if (!procedure) throw new Error('no such procedure');
  const text = JSON.stringify(jsonSchemaOf(procedure));
  expect(text.match(/"x-party"/g)?.length ?? 0).toBe(procedure.fields.length);
});

test('a repeating row is an array, and each field says where it comes from', () => {
  const ct01 = procedures.get('1.004222');
  if (!ct01) throw new Error('no such procedure');
  expect(jsonSchemaOf(ct01)).toMatchObject({
    title: 'Đăng ký thường trú',
    properties: {
      CT01: {
        properties: {
          so_dinh_danh: {
            pattern: '^\\d{12}$',
            readOnly: true,
            'x-party': 'applicant',
            'x-source': { register: 'population', path: ['Citizen.personalId'], isPrefilled: true },
          },
          thanh_vien: { type: 'array', items: { properties: { ho_ten: { type: 'string' } } } },
        },
      },
    },
  });
});
