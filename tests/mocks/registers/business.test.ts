import { describe, expect, test } from 'vitest';

import { DEMO_REGISTER_CREDENTIALS } from '../../../mocks/demo-secrets.ts';
import { buildBusiness } from '../../../mocks/registers/business/business.ts';
import { BINH, enterprise, fixtureCountry, LAN } from '../fixture-country.ts';
import { businessBatch, get } from '../register-calls.ts';

const ENTERPRISE = {
  MainInformation: {
    ENTERPRISE_ID: 'DN0101234567',
    ENTERPRISE_GDT_CODE: '0101234567',
    IMP_BUSINESS_CODE: '8012345678',
    ENTERPRISE_TYPE_ID: 'TNHH',
    ENTERPRISE_TYPE_NAME: 'Công ty trách nhiệm hữu hạn hai thành viên trở lên',
    NAME: 'CÔNG TY TNHH "BÌNH & LAN"',
    SHORT_NAME: '',
    NAME_F: 'BINH & LAN CO., LTD',
    FOUNDING_DATE: '05/04/2016',
    LAST_AMEND_DATE: '31/12/2024',
    NUMBER_CHANGES: 3,
    ENTERPRISE_STATUS: '2',
    ENTERPRISE_STATUS_NAME: 'Tạm ngừng kinh doanh',
    LEGAL_NAMES: 'Nguyễn Văn Bình',
    CAPITAL_AMOUNT: 5_000_000_000,
    TAX_STATUS_ID: '05',
    TAX_OFFICE_NAME: 'Thuế Thành phố Hà Nội',
  },
  HOAdress: {
    CityID: '01',
    CityName: 'Thành phố Hà Nội',
    WardID: '00070',
    WardName: 'Phường Hoàn Kiếm',
    StreetNumber: 'Số 5 & 7 ngõ "Chợ" <cũ>',
    AddressFullText: 'Số 5 & 7 ngõ "Chợ" <cũ>, Phường Hoàn Kiếm, Thành phố Hà Nội',
  },
  BusinessActivity: [{ CODE: '4711', NAME: 'Bán lẻ', IS_MAIN: '1' }],
  Member: [
    {
      MEMBER_NAME: 'Nguyễn Văn Bình',
      PERSON_ID: BINH,
      AMOUNT: 3_000_000_000,
      RATIO_PERCENT: 60,
      COUNTRY: 'VN',
      CONTRIBUTED_DATE: '06/05/2016',
    },
    {
      MEMBER_NAME: 'Công ty mẹ',
      ORG_CODE: '0309876543',
      AMOUNT: 2_000_000_000,
      RATIO_PERCENT: 40,
      COUNTRY: 'VN',
    },
  ],
  Representatives: [{ FULL_NAME: 'Nguyễn Văn Bình', PERSON_ID: BINH, POSITION: 'Giám đốc' }],
  Contact: { PHONE: '0901234567' },
  Units: [
    {
      UNIT_CODE: '0101234567-001',
      UNIT_TYPE_ID: '1',
      NAME: 'Chi nhánh "Chợ"',
      Address: {
        CityID: '01',
        CityName: 'Thành phố Hà Nội',
        DistrictID: '001',
        DistrictName: 'Quận Ba Đình',
        WardID: '00004',
        WardName: 'Phường Trúc Bạch',
        StreetNumber: 'Số 1',
        AddressFullText: 'Số 1, Phường Trúc Bạch, Thành phố Hà Nội',
      },
    },
  ],
  BeneficialOwners: [
    { FULL_NAME: 'Nguyễn Văn Bình', PERSON_ID: BINH, RATIO_PERCENT: 60, BASIS: 'Sở hữu vốn điều lệ' },
    { FULL_NAME: 'John Smith', PERSON_ID: 'N1234567', BASIS: 'Quyền chi phối' },
  ],
  HouseholdMembers: [{ FULL_NAME: 'Lê Thị Lan', PERSON_ID: LAN }],
};

const DETAIL = '/apiCSDLDKDN/1.0/chiTietDoanhNghiep';
const { secret } = DEMO_REGISTER_CREDENTIALS.business;

test('a batch: an enterprise, a person with and one without businesses, an unknown code, a refusal', async () => {
  const register = buildBusiness(fixtureCountry);
  const answer = await register.handle(
    businessBatch([
      { kind: 'ENTERPRISE', key: enterprise.code, askers: [['refused.x', '']] },
      { kind: 'PERSON', key: BINH },
      { kind: 'PERSON', key: LAN },
      { kind: 'ENTERPRISE', key: '0000000000' },
    ]),
  );
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({
    Status: '1',
    Message: '',
    DataCount: 4,
    AsOf: '17/11/2026',
    Data: [
      {
        Kind: 'ENTERPRISE',
        Key: enterprise.code,
        Found: '1',
        Refused: [{ Account: 'refused.x', Code: '005' }],
        Enterprise: ENTERPRISE,
      },
      { Kind: 'PERSON', Key: BINH, Found: '1', Enterprises: [ENTERPRISE] },
      { Kind: 'PERSON', Key: LAN, Found: '1', Enterprises: [] },
      { Kind: 'ENTERPRISE', Key: '0000000000', Found: '0' },
    ],
  });
});

describe('the public operation', () => {
  test('gives one enterprise', async () => {
    const answer = await buildBusiness(fixtureCountry).handle(get(`${DETAIL}?msdn=0101234567`, secret));
    expect(JSON.parse(answer.body)).toEqual({ Data: ENTERPRISE, DataCount: 1, Status: '1', Message: '' });
  });

  test.each([
    ['unknown code', `${DETAIL}?msdn=0000000000`],
    ['no code', DETAIL],
  ])('%s is Status "0" with HTTP 200', async (_, path) => {
    const answer = await buildBusiness(fixtureCountry).handle(get(path, secret));
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ Status: '0', DataCount: 0 });
  });
});

test('wrong credentials are HTTP 401 and leave no line in the log', async () => {
  const register = buildBusiness(fixtureCountry);
  const answer = await register.handle({
    ...businessBatch([{ kind: 'PERSON', key: BINH }]),
    headers: { authorization: 'Bearer x' },
  });
  expect(answer.status).toBe(401);
  expect(register.log.entries()).toEqual([]);
});

describe('strict reading', () => {
  const item = { kind: 'PERSON', key: BINH };
  const good = businessBatch([item]);
  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another kind', businessBatch([{ ...item, kind: 'DOG' }]).body],
    ['an empty key', businessBatch([{ ...item, key: '' }]).body],
    ['an empty account', businessBatch([{ ...item, askers: [['', '']] }]).body],
    ['a property more', good.body?.replace('{', '{"All":true,')],
    ['no item', businessBatch([]).body],
    ['101 items', businessBatch(Array.from({ length: 101 }, () => item)).body],
  ])('%s is Status "0"', async (_, body = '') => {
    const register = buildBusiness(fixtureCountry);
    const answer = await register.handle({ ...good, body });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ Status: '0' });
    expect(register.log.entries()).toEqual([]);
  });
});
