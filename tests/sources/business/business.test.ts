import { expect, test } from 'vitest';
import { BROKEN } from '../../../src/sources/records/record.ts';
import type { RecordKind } from '../../../src/sources/records/record.ts';
import { answer, businessFixture, enterprise } from '../fixtures/business.ts';
import { fetchRows, itemOf, requestOf } from '../fixtures/register-fixture.ts';

const CODE = '0101248141';
const PERSON = '001190900011';

function fetchOne(kind: RecordKind, key: string, row: Record<string, unknown>) {
  const wireKind = kind === 'business.business' ? 'ENTERPRISE' : 'PERSON';
  return fetchRows(businessFixture, answer([{ Kind: wireKind, Key: key, Found: '1', ...row }]), [
    itemOf(kind, key),
  ]);
}

async function businessOf(content: unknown) {
  const batch = await fetchOne('business.business', CODE, { Enterprise: content });
  const outcome = batch.rows[0]?.outcome;
  if (outcome?.state !== 'found') throw new Error(String(outcome?.state));
  return outcome;
}

const NO_ADDRESS = {
  full: null,
  detail: null,
  provinceCode: null,
  provinceName: null,
  districtCode: null,
  districtName: null,
  communeCode: null,
  communeName: null,
};
const OWNER = { personalId: null, organisationCode: null, amount: '1', contributedOn: null, country: 'VN' };
/** What a register need not say. */
const LEFT_OUT = {
  legacyCode: null,
  legalForm: null,
  contact: null,
  activities: null,
  foundedOn: null,
  amendmentNo: null,
  lastAmendedOn: null,
  taxStatus: null,
  taxOffice: null,
  units: null,
  beneficialOwners: null,
  householdMembers: null,
};

test('maps a business', async () => {
  expect(await businessOf(enterprise(CODE))).toEqual({
    state: 'found',
    asOf: '2026-11-20',
    isIntact: true,
    value: {
      ...LEFT_OUT,
      code: CODE,
      name: { vi: 'Công ty cổ phần A', foreign: null, short: null },
      status: 'ACTIVE',
      headOffice: { ...NO_ADDRESS, provinceCode: '01', communeCode: '00070' },
      charterCapital: '1000000000',
      legalRepresentatives: [{ name: 'Nguyễn Thị Anh', title: 'Giám đốc', personalId: PERSON }],
      owners: [
        { ...OWNER, name: 'Nguyễn Thị Anh', personalId: PERSON, ratio: 60 },
        { ...OWNER, name: 'Công ty B', organisationCode: '0100109106', ratio: 40 },
      ],
    },
  });
});

/** Each field of the law, on the wire and mapped. */
test.each<readonly [string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
  ['a foreign name', {}, { NAME_F: 'A JSC' }, { name: { foreign: 'A JSC' } }],
  ['a short name', {}, { SHORT_NAME: 'A' }, { name: { short: 'A' } }],
  ['an old code', {}, { IMP_BUSINESS_CODE: '8012345678' }, { legacyCode: '8012345678' }],
  ['a legal form', {}, { ENTERPRISE_TYPE_ID: '4' }, { legalForm: 'JOINT_STOCK' }],
  ['a form of no name', {}, { ENTERPRISE_TYPE_ID: 'DNNN' }, { legalForm: 'OTHER' }],
  ['capital beyond Int', {}, { CAPITAL_AMOUNT: 9e14 }, { charterCapital: '900000000000000' }],
  ['capital as text', {}, { CAPITAL_AMOUNT: '1900000000.5' }, { charterCapital: '1900000000.5' }],
  ['a founding date', {}, { FOUNDING_DATE: '05/04/2016' }, { foundedOn: '2016-04-05' }],
  ['a founding year', {}, { FOUNDING_DATE: '2016' }, { foundedOn: '2016' }],
  ['amendments', {}, { NUMBER_CHANGES: 0, LAST_AMEND_DATE: '' }, { amendmentNo: 0, lastAmendedOn: null }],
  ['the last amendment', {}, { LAST_AMEND_DATE: '31/12/2024' }, { lastAmendedOn: '2024-12-31' }],
  ['a tax status', {}, { TAX_STATUS_ID: '06' }, { taxStatus: 'NOT_AT_REGISTERED_ADDRESS' }],
  ['a tax office', {}, { TAX_OFFICE_NAME: 'Thuế Hà Nội' }, { taxOffice: 'Thuế Hà Nội' }],
  ['contact', { Contact: { PHONE: '0901', EMAIL: null } }, {}, { contact: { phone: '0901', email: null } }],
  ['no contact', { Contact: null }, {}, { contact: null }],
  [
    'an address of before',
    {
      HOAdress: {
        DistrictID: '001',
        DistrictName: 'Ba Đình',
        StreetNumber: 'Số 1',
        AddressFullText: 'Số 1, A',
      },
    },
    {},
    {
      headOffice: {
        ...NO_ADDRESS,
        districtCode: '001',
        districtName: 'Ba Đình',
        detail: 'Số 1',
        full: 'Số 1, A',
      },
    },
  ],
  [
    'activities, one of them the main one',
    {
      BusinessActivity: [
        { CODE: '4711', NAME: 'Bán lẻ', IS_MAIN: '1' },
        { CODE: '6201', NAME: '', IS_MAIN: '0' },
      ],
    },
    {},
    {
      activities: [
        { code: '4711', name: 'Bán lẻ', isMain: true },
        { code: '6201', name: null, isMain: false },
      ],
    },
  ],
  [
    'a unit where a list is due',
    { Units: { UNIT_CODE: '0101248141-001', UNIT_TYPE_ID: '2', NAME: 'VP', Address: { CityID: '01' } } },
    {},
    {
      units: [
        {
          code: '0101248141-001',
          kind: 'REPRESENTATIVE_OFFICE',
          name: 'VP',
          address: { ...NO_ADDRESS, provinceCode: '01' },
        },
      ],
    },
  ],
  [
    'beneficial owners, one with a passport',
    {
      BeneficialOwners: [
        { FULL_NAME: 'A', PERSON_ID: PERSON, RATIO_PERCENT: 33.5, BASIS: 'Quyền biểu quyết' },
        { FULL_NAME: 'B', PERSON_ID: 'N1234567', RATIO_PERCENT: '', BASIS: null },
      ],
    },
    {},
    {
      beneficialOwners: [
        { name: 'A', personalId: PERSON, ratio: 33.5, basis: 'Quyền biểu quyết' },
        { name: 'B', personalId: null, ratio: null, basis: null },
      ],
    },
  ],
  [
    'members of a household',
    { HouseholdMembers: [{ FULL_NAME: 'A', PERSON_ID: PERSON }, { FULL_NAME: 'B' }] },
    {},
    {
      householdMembers: [
        { name: 'A', personalId: PERSON },
        { name: 'B', personalId: null },
      ],
    },
  ],
  [
    'a contribution',
    { Member: { MEMBER_NAME: 'B', AMOUNT: 5, CONTRIBUTED_DATE: '06/05/2016', COUNTRY: 'SG' } },
    {},
    { owners: [{ amount: '5', ratio: null, contributedOn: '2016-05-06', country: 'SG' }] },
  ],
])('maps %s', async (_what, changes, main, expected) => {
  const { value, isIntact } = await businessOf(enterprise(CODE, changes, main));
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});

test.each([
  ['1', 'ACTIVE'],
  ['2', 'SUSPENDED'],
  ['3', 'DISSOLVING'],
  ['4', 'DISSOLVED'],
  ['5', 'REVOKED'],
  ['6', 'BANKRUPT'],
  ['7', 'RELOCATED'],
])('status %s is %s', async (wire, status) => {
  expect((await businessOf(enterprise(CODE, {}, { ENTERPRISE_STATUS: wire }))).value).toMatchObject({
    status,
  });
});

const MALFORMED: readonly (readonly [string, unknown, Record<string, unknown>])[] = [
  ['name is null', enterprise(CODE, {}, { NAME: null }), { name: { vi: BROKEN }, status: 'ACTIVE' }],
  ['name is empty', enterprise(CODE, {}, { NAME: '' }), { name: { vi: BROKEN } }],
  ['name is a number', enterprise(CODE, {}, { NAME: 7 }), { name: { vi: BROKEN } }],
  ['name is left out', enterprise(CODE, {}, { NAME: undefined }), { name: { vi: BROKEN } }],
  ['name with a control character', enterprise(CODE, {}, { NAME: 'A\u0000' }), { name: { vi: BROKEN } }],
  ['name with half a character', enterprise(CODE, {}, { NAME: 'A\ud800' }), { name: { vi: BROKEN } }],
  ['status 8', enterprise(CODE, {}, { ENTERPRISE_STATUS: '8' }), { status: BROKEN }],
  ['status is a number', enterprise(CODE, {}, { ENTERPRISE_STATUS: 1 }), { status: BROKEN }],
  ['status constructor', enterprise(CODE, {}, { ENTERPRISE_STATUS: 'constructor' }), { status: BROKEN }],
  ['no members', enterprise(CODE, { Member: undefined }), { owners: BROKEN }],
  ['members are left out', enterprise(CODE, { Member: undefined }), { owners: BROKEN }],
  ['members are an empty object', enterprise(CODE, { Member: {} }), { owners: BROKEN }],
  [
    'a member is null',
    enterprise(CODE, { Member: [null, { MEMBER_NAME: 'B' }] }),
    { owners: [BROKEN, { name: 'B' }] },
  ],
  ['a member is a list', enterprise(CODE, { Member: [[]] }), { owners: [BROKEN] }],
  [
    'ids of a member',
    enterprise(CODE, { Member: [{ MEMBER_NAME: 'B', PERSON_ID: '123', ORG_CODE: '0100109107' }] }),
    { owners: [{ name: 'B', personalId: BROKEN, organisationCode: BROKEN }] },
  ],
  [
    'id of a member is a number',
    enterprise(CODE, { Member: [{ MEMBER_NAME: 'B', PERSON_ID: 1190900011 }] }),
    { owners: [{ personalId: BROKEN, organisationCode: null }] },
  ],
  ['capital below zero', enterprise(CODE, {}, { CAPITAL_AMOUNT: -1 }), { charterCapital: BROKEN }],
  ['capital that is not exact', enterprise(CODE, {}, { CAPITAL_AMOUNT: 1e16 }), { charterCapital: BROKEN }],
  ['a tax status of no list', enterprise(CODE, {}, { TAX_STATUS_ID: '08' }), { taxStatus: BROKEN }],
  ['a legal form is a number', enterprise(CODE, {}, { ENTERPRISE_TYPE_ID: 4 }), { legalForm: BROKEN }],
  ['the head office is text', enterprise(CODE, { HOAdress: 'Hà Nội' }), { headOffice: BROKEN }],
  [
    'an activity, a unit and a beneficial owner',
    enterprise(CODE, {
      BusinessActivity: [{ CODE: '47', NAME: 7, IS_MAIN: 1 }],
      Units: [{ UNIT_CODE: '001', UNIT_TYPE_ID: '4', Address: [1] }],
      BeneficialOwners: [{ PERSON_ID: '1', RATIO_PERCENT: 101 }],
      HouseholdMembers: [null],
    }),
    {
      activities: [{ code: BROKEN, name: BROKEN, isMain: BROKEN }],
      units: [{ code: BROKEN, kind: BROKEN, name: null, address: BROKEN }],
      beneficialOwners: [{ name: BROKEN, personalId: BROKEN, ratio: BROKEN, basis: null }],
      householdMembers: [BROKEN],
    },
  ],
  ['representatives are text', enterprise(CODE, { Representatives: 'x' }), { legalRepresentatives: BROKEN }],
  [
    'a representative without a name',
    enterprise(CODE, { Representatives: [{ PERSON_ID: PERSON }] }),
    { legalRepresentatives: [BROKEN] },
  ],
  [
    'id and title of a representative',
    enterprise(CODE, { Representatives: [{ FULL_NAME: 'A', PERSON_ID: 1190900011, POSITION: 7 }] }),
    { legalRepresentatives: [{ personalId: BROKEN, title: BROKEN }] },
  ],
];
test.each(MALFORMED)('is broken at its place: %s', async (_name, content, expected) => {
  const { value, isIntact } = await businessOf(content);
  expect(value).toMatchObject({ code: CODE, ...expected });
  expect(isIntact).toBe(false);
});

test.each([
  ['no enterprise', { Enterprise: undefined }],
  ['an empty object', { Enterprise: {} }],
  ['null', { Enterprise: null }],
  ['a list', { Enterprise: [] }],
  ['code left out', { Enterprise: enterprise(CODE, {}, { ENTERPRISE_GDT_CODE: undefined }) }],
  ['code with a wrong check digit', { Enterprise: enterprise('0101248142') }],
  ['not found, with a record', { Found: '0', Enterprise: enterprise(CODE) }],
  ['Found is a boolean', { Found: true, Enterprise: enterprise(CODE) }],
])('breaks the row: %s', async (_name, row) => {
  const batch = await fetchOne('business.business', CODE, row);
  expect(batch.rows[0]?.outcome).toEqual({ state: 'broken' });
});

test('interests: codes in order, whole businesses primed with who is refused, broken ones at their places', async () => {
  const batch = await fetchOne('business.interests', PERSON, {
    Refused: [{ Account: 'officer.two', Code: '005' }],
    Enterprises: [
      enterprise('0100109106'),
      enterprise('0100109107'),
      enterprise(CODE, {}, { NAME: null }),
      null,
      enterprise('0100109106', {}, { NAME: 'twice' }),
    ],
  });
  expect(batch.rows[0]).toMatchObject({
    refused: ['officer.two'],
    outcome: {
      state: 'found',
      isIntact: false,
      value: {
        personalId: PERSON,
        businessCodes: ['0100109106', BROKEN, CODE, BROKEN, BROKEN],
        representedCodes: ['0100109106', BROKEN, CODE, BROKEN, BROKEN],
      },
    },
  });
  expect(batch.primed).toMatchObject([
    {
      kind: 'business.business',
      key: '0100109106',
      refused: ['officer.two'],
      outcome: { state: 'found', isIntact: true, value: { name: { vi: 'Công ty cổ phần A' } } },
    },
    { key: CODE, outcome: { state: 'found', isIntact: false, value: { name: { vi: BROKEN } } } },
  ]);
});

test('interests: one business of two persons is primed once; what was asked itself is not primed', async () => {
  const spouse = '001060900031';
  const shared = (code: string) =>
    enterprise(code, { Member: [PERSON, spouse].map((id) => ({ MEMBER_NAME: 'A', PERSON_ID: id })) });
  const rows = [
    { Kind: 'PERSON', Key: PERSON, Found: '1', Refused: [{ Account: 'a' }], Enterprises: [shared(CODE)] },
    {
      Kind: 'PERSON',
      Key: spouse,
      Found: '1',
      Refused: [{ Account: 'b' }],
      Enterprises: [shared(CODE), shared('0100109106')],
    },
    { Kind: 'ENTERPRISE', Key: '0100109106', Found: '1', Enterprise: enterprise('0100109106') },
  ];
  const batch = await fetchRows(businessFixture, answer(rows), [
    itemOf('business.interests', PERSON),
    itemOf('business.interests', spouse),
    itemOf('business.business', '0100109106'),
  ]);
  expect(batch.primed.map(({ key, refused }) => [key, refused])).toEqual([[CODE, ['a', 'b']]]);
  expect(batch.rows.map(({ outcome }) => outcome.state)).toEqual(['found', 'found', 'found']);
});

test.each([
  ['none', { Enterprises: [] }, { state: 'found', value: { businessCodes: [] } }],
  ['unknown person', { Found: '0' }, { state: 'absent' }],
  ['no list', {}, { state: 'broken' }],
  ['left out', {}, { state: 'broken' }],
  ['an object', { Enterprises: {} }, { state: 'broken' }],
  [
    'somebody else’s',
    { Enterprises: [enterprise(CODE), enterprise('0100109106', { Member: [], Representatives: [] })] },
    { state: 'broken' },
  ],
  [
    'people that cannot be read',
    { Enterprises: [enterprise(CODE), enterprise('0100109106', { Member: 'B' })] },
    { state: 'found', isIntact: false, value: { businessCodes: [CODE, BROKEN] } },
  ],
])('interests: %s', async (_name, row, expected) => {
  const batch = await fetchOne('business.interests', PERSON, row);
  expect(batch.rows[0]?.outcome).toMatchObject(expected);
});

const ANOTHER = { FULL_NAME: 'B', PERSON_ID: '001060900031' };
test.each([
  ['who represents it', [{ FULL_NAME: 'A', PERSON_ID: PERSON }], [CODE], true],
  ['the second of two', [ANOTHER, { FULL_NAME: 'A', PERSON_ID: PERSON }], [CODE], true],
  ['who only owns it', [ANOTHER], [], true],
  ['nobody represents it', [], [], true],
  ['somebody without an id does', [{ FULL_NAME: 'Nguyễn Thị Anh' }], [], true],
  ['one of them cannot be read', [ANOTHER, null], [BROKEN], false],
  ['an id of theirs cannot be read', [{ FULL_NAME: 'B', PERSON_ID: '1' }], [BROKEN], false],
  ['others cannot be read', [null, { FULL_NAME: 'A', PERSON_ID: PERSON }], [CODE], true],
])('interests: %s', async (_name, Representatives, representedCodes, isIntact) => {
  const batch = await fetchOne('business.interests', PERSON, {
    Enterprises: [enterprise(CODE, { Representatives })],
  });
  expect(batch.rows[0]?.outcome).toMatchObject({
    value: { businessCodes: [CODE], representedCodes },
    isIntact,
  });
});

test('asks with kind, key and askers', async () => {
  const request = await requestOf(businessFixture, [
    itemOf('business.business', CODE),
    itemOf('business.interests', PERSON),
  ]);
  expect(request.path).toBe('/apiCSDLDKDN/1.0/traCuuTheoLo');
  const Requesters = [{ Account: 'officer.one', Dossier: 'H26-261121-0001' }];
  expect(JSON.parse(request.body ?? '')).toMatchObject({
    MaDonVi: 'inspectorate',
    MucDich: 'inspection',
    Items: [
      { Kind: 'ENTERPRISE', Key: CODE, Requesters },
      { Kind: 'PERSON', Key: PERSON, Requesters },
    ],
  });
});

/** Shapes that public clients of this register show for values and lists that are left out, and for a list of one. */
test.each([
  ['members are null', { Member: null }, { owners: [] }],
  ['members are an empty text', { Member: '' }, { owners: [] }],
  ['one member where a list is due', { Member: { MEMBER_NAME: 'B' } }, { owners: [{ name: 'B' }] }],
  [
    'ids are null, empty or an empty list',
    { Member: [null, '', []].map((id) => ({ MEMBER_NAME: 'B', PERSON_ID: id, ORG_CODE: id })) },
    { owners: [1, 2, 3].map(() => ({ name: 'B', personalId: null, organisationCode: null })) },
  ],
  [
    'an identity card of before, and a passport',
    { Member: ['012345678', 'B1234567', 'c01234567'].map((id) => ({ MEMBER_NAME: 'B', PERSON_ID: id })) },
    { owners: [1, 2, 3].map(() => ({ name: 'B', personalId: null })) },
  ],
  [
    'a representative with a passport and no title',
    { Representatives: { FULL_NAME: 'A', PERSON_ID: 'N7654321', POSITION: '' } },
    { legalRepresentatives: [{ title: null, personalId: null }] },
  ],
])('%s: no value, and no error', async (_what, changes, expected) => {
  const outcome = await businessOf(enterprise(CODE, changes));
  expect(outcome.value).toMatchObject(expected);
  expect(outcome.isIntact).toBe(true);
});

test.each([
  ['null', { Found: '0', Enterprise: null, Refused: null }, { state: 'absent' }],
  ['an empty text', { Found: '0', Enterprise: '', Refused: '' }, { state: 'absent' }],
])('a row whose record is %s is absent', async (_what, row, expected) => {
  const batch = await fetchOne('business.business', CODE, row);
  expect(batch.rows[0]).toMatchObject({ outcome: expected, refused: [] });
});
