import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** Without a purpose and without a case: a token is enough. */
async function ask(query: string, variables: object = {}) {
  const { status, data, errors } = await gateway.ask(query, variables, { purpose: '', caseId: '' });
  return { status, data, errors };
}

const UNIT = `query ($code: ID!, $on: Date) { administrativeUnit(code: $code, on: $on) {
  name kind validFrom validTo district { name } province { code name }
  successors { code name portion isDefault instrument } predecessors { code } } }`;

test('a code of today and of before are two units', async () => {
  expect(await ask(UNIT, { code: '00004', on: '2025-06-30' })).toMatchObject({
    status: 200,
    data: {
      administrativeUnit: {
        name: 'Phường Trúc Bạch',
        kind: 'WARD',
        validTo: '2025-06-30',
        district: { name: 'Quận Ba Đình' },
        successors: [
          {
            code: '00004',
            name: 'Phường Ba Đình',
            portion: 'WHOLE',
            isDefault: true,
            instrument: 'Nghị quyết 1656/NQ-UBTVQH15, Điều 1 khoản 3',
          },
        ],
      },
    },
  });
  expect(await ask(UNIT, { code: '00004' })).toMatchObject({
    data: { administrativeUnit: { name: 'Phường Ba Đình', district: null, validTo: null } },
  });
  expect(await ask(UNIT, { code: '99999' })).toMatchObject({
    status: 200,
    data: { administrativeUnit: null },
  });
});

describe('an address', () => {
  const ADDRESS = `query ($address: String, $commune: ID, $on: Date, $use: AddressUse) {
    resolveAddress(address: $address, communeCode: $commune, on: $on, use: $use) {
      status unit { code name } province { code } candidates { unit { code } portion isDefault from { name } } } }`;

  test('is followed to today', async () => {
    const { data } = await ask(ADDRESS, { commune: '00001', on: '2020-01-01' });
    expect(data).toMatchObject({
      resolveAddress: {
        status: 'RESOLVED',
        unit: { code: '00097', name: 'Phường Hồng Hà' },
        province: { code: '01' },
      },
    });
  });

  test('that was split has all candidates, and no unit', async () => {
    const { data } = await ask(ADDRESS, { address: 'Phường Cống Vị, Quận Ba Đình, Hà Nội' });
    expect(data).toEqual({
      resolveAddress: {
        status: 'AMBIGUOUS',
        unit: null,
        province: { code: '01' },
        candidates: [
          { unit: { code: '00008' }, portion: 'PART', isDefault: true, from: { name: 'Phường Cống Vị' } },
          { unit: { code: '00025' }, portion: 'REST', isDefault: false, from: { name: 'Phường Cống Vị' } },
        ],
      },
    });
  });

  test('of land may lie where no resident does', async () => {
    const asked = { commune: '00112', on: '2025-06-30' };
    expect((await ask(ADDRESS, asked)).data).toMatchObject({ resolveAddress: { status: 'RESOLVED' } });
    expect((await ask(ADDRESS, { ...asked, use: 'LAND' })).data).toMatchObject({
      resolveAddress: { status: 'AMBIGUOUS' },
    });
  });

  test('stands beside data of a person', async () => {
    const { status, data } = await gateway.ask(
      '{ resolveAddress(communeCode: "00001", on: "2025-06-30") { status } citizen(personalId: "001000000000") { personalId } }',
    );
    expect([status, data]).toEqual([200, { resolveAddress: { status: 'RESOLVED' }, citizen: null }]);
  });
});

test.each([
  ['a day that there is not', '{ administrativeUnit(code: "00004", on: "2025-02-30") { name } }', 'on'],
  ['a code longer than any', `{ administrativeUnit(code: "${'1'.repeat(65)}") { name } }`, 'code'],
  ['an address longer than any', `{ resolveAddress(address: "${'x'.repeat(501)}") { status } }`, 'address'],
])('%s is told', async (_what, query, argument) => {
  const { status, errors } = await ask(query);
  expect(status).toBe(400);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors?.[0]?.message).toContain(`"${argument}"`);
});

test('needs a token', async () => {
  const answer = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ administrativeUnit(code: "01") { name } }' }),
  });
  expect(answer.status).toBe(401);
});
