import { expect, test } from 'vitest';
import { BROKEN } from '../../../src/sources/records/record.ts';
import type { RecordKind } from '../../../src/sources/records/record.ts';
import { answer, certificate, HOLDER, landFixture, parcel } from '../fixtures/land.ts';
import { fetchRows, itemOf, requestOf } from '../fixtures/register-fixture.ts';

const PARCEL = 'w7epxsheyytb';
const PERSON = '001190900011';

function fetchOne(kind: RecordKind, key: string, row: Record<string, unknown>) {
  return fetchRows(landFixture, answer([{ KHOA: key, TIMTHAY: 1, ...row }]), [itemOf(kind, key)]);
}

async function parcelOf(changes: Record<string, unknown>) {
  const batch = await fetchOne('land.parcel', PARCEL, { LOAI: 'THUA_DAT', THUADAT: parcel(PARCEL, changes) });
  const outcome = batch.rows[0]?.outcome;
  if (outcome?.state !== 'found') throw new Error(String(outcome?.state));
  return outcome;
}

async function certificateOf(changes: Record<string, unknown>, key = 'AA00000001', printed = 'AA 00000001') {
  const batch = await fetchRows(
    landFixture,
    answer([
      { LOAI: 'GIAY_CHUNG_NHAN', KHOA: printed, TIMTHAY: 1, GIAYCHUNGNHAN: certificate(printed, changes) },
    ]),
    [itemOf('land.certificate', key)],
  );
  const outcome = batch.rows[0]?.outcome;
  if (outcome?.state !== 'found') throw new Error(String(outcome?.state));
  return outcome;
}

const MAPPED_HOLDER = { name: 'Nguyễn Thị Anh', role: 'Cá nhân', personalId: PERSON, organisationCode: null };

test('maps a parcel', async () => {
  expect(await parcelOf({})).toEqual({
    state: 'found',
    asOf: '2026-11-20',
    isIntact: true,
    value: {
      id: PARCEL,
      sheetNo: 12,
      parcelNo: 345,
      area: 80.5,
      uses: [{ purposeCode: 'ODT', area: 80.5 }],
      holders: [MAPPED_HOLDER],
      certificateSerials: ['AA00000001'],
    },
  });
});

test.each([
  ['AA00000001', 'AA 00000001'],
  ['AA00000001', 'AA00000001'],
  ['BĐ123456', 'bđ.123456'],
])('certificate %s, on the wire %s', async (key, printed) => {
  expect((await certificateOf({}, key, printed)).value).toEqual({
    serial: key,
    issuedOn: '2025-03-04',
    holders: [MAPPED_HOLDER],
    parcelIds: [PARCEL],
  });
});

const MALFORMED: readonly (readonly [string, Record<string, unknown>, Record<string, unknown>])[] = [
  ['area is text', { DIENTICH: '80.5' }, { area: BROKEN, sheetNo: 12 }],
  ['area is negative', { DIENTICH: -1 }, { area: BROKEN }],
  ['area is null', { DIENTICH: null }, { area: BROKEN }],
  ['area is left out', { DIENTICH: undefined }, { area: BROKEN }],
  ['sheet is a fraction', { SOHIEUTOBANDO: 1.5 }, { sheetNo: BROKEN }],
  ['sheet is text', { SOHIEUTOBANDO: '12' }, { sheetNo: BROKEN }],
  ['number is too large', { SOTHUTUTHUA: 1e300 }, { parcelNo: BROKEN }],
  ['uses left out', { DC_MUCDICHSUDUNGDAT: undefined }, { uses: BROKEN, area: 80.5 }],
  ['uses are an empty object', { DC_MUCDICHSUDUNGDAT: {} }, { uses: BROKEN }],
  ['a use is text', { DC_MUCDICHSUDUNGDAT: ['ODT'] }, { uses: [BROKEN] }],
  [
    'code and area of a use',
    {
      DC_MUCDICHSUDUNGDAT: [
        { MAMUCDICH: 'XYZ', DIENTICH: Number.NaN },
        { MAMUCDICH: 'CLN', DIENTICH: 0 },
      ],
    },
    {
      uses: [
        { purposeCode: BROKEN, area: BROKEN },
        { purposeCode: 'CLN', area: 0 },
      ],
    },
  ],
  ['holders are left out', { CHUSUDUNG: undefined }, { holders: BROKEN }],
  ['a holder is a number', { CHUSUDUNG: [7, HOLDER] }, { holders: [BROKEN, MAPPED_HOLDER] }],
  [
    'values of a holder',
    { CHUSUDUNG: [{ TEN: '', VAITRO: null, SODINHDANH: '9', MASODOANHNGHIEP: '0101248142' }] },
    { holders: [{ name: BROKEN, role: BROKEN, personalId: BROKEN, organisationCode: BROKEN }] },
  ],
  ['serials', { DC_GIAYCHUNGNHAN: [{ SOPHATHANH: 'AA 1' }, {}] }, { certificateSerials: [BROKEN, BROKEN] }],
  ['serials are text', { DC_GIAYCHUNGNHAN: 'AA 00000001' }, { certificateSerials: BROKEN }],
];
test.each(MALFORMED)('parcel, broken at its place: %s', async (_name, changes, expected) => {
  const { value, isIntact } = await parcelOf(changes);
  expect(value).toMatchObject({ id: PARCEL, ...expected });
  expect(isIntact).toBe(false);
});

test.each([
  ['date of issue', { NGAYCAP: '04/03/2025' }, { issuedOn: BROKEN }],
  ['no date of issue', { NGAYCAP: undefined }, { issuedOn: BROKEN }],
  ['30 February', { NGAYCAP: '2025-02-30' }, { issuedOn: BROKEN }],
  ['holders', { CHUSUDUNG: {} }, { holders: BROKEN }],
  ['parcels', { THUADAT: 'w7epxsheyytd' }, { parcelIds: BROKEN }],
  [
    'a parcel',
    { THUADAT: [{ THUADATID: 'W7EPXSHEYYTA' }, { THUADATID: '07954.1.2' }] },
    { parcelIds: [BROKEN, '07954.1.2'] },
  ],
])('certificate, broken at its place: %s', async (_name, changes, expected) => {
  const { value, isIntact } = await certificateOf(changes);
  expect(value).toMatchObject({ serial: 'AA00000001', ...expected });
  expect(isIntact).toBe(false);
});

test.each([
  ['TIMTHAY is text', { LOAI: 'THUA_DAT', TIMTHAY: '1', THUADAT: parcel(PARCEL) }],
  ['not found, with a record', { LOAI: 'THUA_DAT', TIMTHAY: 0, THUADAT: parcel(PARCEL) }],
  ['no record', { LOAI: 'THUA_DAT' }],
  ['an empty record', { LOAI: 'THUA_DAT', THUADAT: {} }],
  ['a record of another kind', { LOAI: 'THUA_DAT', GIAYCHUNGNHAN: certificate('AA 00000001') }],
])('breaks the row: %s', async (_name, row) => {
  const batch = await fetchOne('land.parcel', PARCEL, row);
  expect(batch.rows[0]?.outcome).toEqual({ state: 'broken' });
});

test('holdings: ids in order, parcels and certificates primed, broken ones at their places', async () => {
  const batch = await fetchOne('land.holdings', PERSON, {
    LOAI: 'CHU_SU_DUNG',
    TUCHOI: [{ TAIKHOAN: 'officer.two', MA: '005' }],
    DANHSACHTHUA: [
      parcel(PARCEL),
      parcel('short'),
      parcel('w7epxsheyytc', { DIENTICH: 'x' }),
      null,
      parcel(PARCEL),
    ],
    DANHSACHGCN: [certificate('AA 00000001')],
  });
  expect(batch.rows[0]).toMatchObject({
    refused: ['officer.two'],
    outcome: {
      state: 'found',
      isIntact: false,
      value: { holder: PERSON, parcelIds: [PARCEL, BROKEN, 'w7epxsheyytc', BROKEN, BROKEN] },
    },
  });
  expect(
    batch.primed.map(({ kind, key, refused, outcome }) => [
      kind,
      key,
      refused,
      outcome.state === 'found' && outcome.isIntact,
    ]),
  ).toEqual([
    ['land.parcel', PARCEL, ['officer.two'], true],
    ['land.parcel', 'w7epxsheyytc', ['officer.two'], false],
    ['land.certificate', 'AA00000001', ['officer.two'], true],
  ]);
});

test.each([
  [
    'none',
    { DANHSACHTHUA: [], DANHSACHGCN: [] },
    { state: 'found', isIntact: true, value: { parcelIds: [] } },
  ],
  ['unknown', { TIMTHAY: 0 }, { state: 'absent' }],
  ['no lists', {}, { state: 'broken' }],
  ['no certificates', { DANHSACHTHUA: [] }, { state: 'broken' }],
  ['parcels are left out', { DANHSACHGCN: [] }, { state: 'broken' }],
  [
    'somebody else’s parcel',
    { DANHSACHTHUA: [parcel(PARCEL), parcel('w7epxsheyytc', { CHUSUDUNG: [] })], DANHSACHGCN: [] },
    { state: 'broken' },
  ],
  [
    'somebody else’s certificate',
    { DANHSACHTHUA: [], DANHSACHGCN: [certificate('AA 00000001', { CHUSUDUNG: [{ SODINHDANH: '1' }] })] },
    { state: 'broken' },
  ],
  [
    'holders that cannot be read',
    { DANHSACHTHUA: [parcel(PARCEL), parcel('w7epxsheyytc', { CHUSUDUNG: 'A' })], DANHSACHGCN: [] },
    { state: 'found', isIntact: false, value: { parcelIds: [PARCEL, BROKEN] } },
  ],
  ['not found, with lists', { TIMTHAY: 0, DANHSACHTHUA: [parcel(PARCEL)] }, { state: 'broken' }],
  ['not found, with empty lists', { TIMTHAY: 0, DANHSACHTHUA: [], DANHSACHGCN: null }, { state: 'absent' }],
])('holdings: %s', async (_name, row, expected) => {
  const batch = await fetchOne('land.holdings', PERSON, { LOAI: 'CHU_SU_DUNG', ...row });
  expect(batch.rows[0]?.outcome).toMatchObject(expected);
});

test('asks for a certificate as it is printed', async () => {
  const request = await requestOf(landFixture, [
    itemOf('land.certificate', 'AA00000001'),
    itemOf('land.parcel', PARCEL),
    itemOf('land.holdings', PERSON),
  ]);
  expect(request.path).toBe('/land/1.0/traCuuTheoLo');
  const NGUOIHOI = [{ TAIKHOAN: 'officer.one', MAHOSO: 'H26-261121-0001' }];
  expect(JSON.parse(request.body ?? '')).toMatchObject({
    MADONVI: 'inspectorate',
    MUCDICH: 'inspection',
    DANHSACH: [
      { LOAI: 'GIAY_CHUNG_NHAN', KHOA: 'AA 00000001', NGUOIHOI },
      { LOAI: 'THUA_DAT', KHOA: PARCEL, NGUOIHOI },
      { LOAI: 'CHU_SU_DUNG', KHOA: PERSON, NGUOIHOI },
    ],
  });
});

test.each([
  ['empty lists', { DC_GIAYCHUNGNHAN: null, DC_MUCDICHSUDUNGDAT: '' }, { certificateSerials: [], uses: [] }],
  [
    'one use and one holder where lists are due',
    { DC_MUCDICHSUDUNGDAT: { MAMUCDICH: 'ODT', DIENTICH: 80 }, CHUSUDUNG: HOLDER },
    { uses: [{ purposeCode: 'ODT', area: 80 }], holders: [MAPPED_HOLDER] },
  ],
  [
    'a holder with null for ids, and one with an identity card of before',
    {
      CHUSUDUNG: [
        { ...HOLDER, SODINHDANH: null, MASODOANHNGHIEP: null },
        { ...HOLDER, SODINHDANH: '012345678', MASODOANHNGHIEP: '' },
      ],
    },
    { holders: [1, 2].map(() => ({ ...MAPPED_HOLDER, personalId: null })) },
  ],
])('%s: no value, and no error', async (_what, changes, expected) => {
  const outcome = await parcelOf(changes);
  expect(outcome.value).toMatchObject(expected);
  expect(outcome.isIntact).toBe(true);
});
