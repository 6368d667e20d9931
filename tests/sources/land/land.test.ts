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

const MAPPED_HOLDER = {
  name: 'Nguyễn Thị Anh',
  kind: 'Cá nhân',
  role: 'Cá nhân',
  personalId: PERSON,
  organisationCode: null,
  oldIdNumber: null,
  birthDate: null,
  sex: null,
  address: null,
  ratio: null,
};
/** What a register need not say of a parcel. */
const LEFT_OUT = {
  sheetNoOnCertificate: null,
  parcelNoOnCertificate: null,
  geometry: null,
  currentUser: null,
  assets: null,
  mortgages: null,
  restrictions: null,
  changes: null,
};

test('maps a parcel', async () => {
  expect(await parcelOf({})).toEqual({
    state: 'found',
    asOf: '2026-11-20',
    isIntact: true,
    value: {
      ...LEFT_OUT,
      id: PARCEL,
      communeCode: '00070',
      address: 'Hà Nội',
      sheetNo: 12,
      parcelNo: 345,
      area: 80.5,
      legalArea: 80,
      uses: [{ purposeCode: 'ODT', area: 80.5, origin: 'CNQ-CTT', form: 'riêng', term: 'Lâu dài' }],
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
    registerNo: null,
    barcode: '123456789012',
    template: null,
    status: 'ISSUED',
    holderForm: null,
    scanFile: null,
    holders: [MAPPED_HOLDER],
    parcelIds: [PARCEL],
  });
});

const RING = [
  [105.8, 21],
  [105.81, 21],
  [105.81, 21.01],
  [105.8, 21],
];

/** Each field of the law, on the wire and mapped. */
test.each<readonly [string, Record<string, unknown>, Record<string, unknown>]>([
  ['a holder with a CMND', { SODINHDANH: '012345678' }, { personalId: null, oldIdNumber: '012345678' }],
  ['a holder with a passport', { SODINHDANH: 'B1234567' }, { personalId: null, oldIdNumber: null }],
  ['a year of birth', { NGAYSINH: '1975' }, { birthDate: '1975' }],
  ['a sex', { GIOITINH: 2 }, { sex: 'FEMALE' }],
  ['an address', { DIACHI: 'Thôn 3' }, { address: 'Thôn 3' }],
  ['a share', { TYLE: 33.33 }, { ratio: 33.33 }],
  ['no kind', { LOAICHU: '' }, { kind: null }],
])('maps a holder: %s', async (_what, changes, expected) => {
  const { value, isIntact } = await parcelOf({ CHUSUDUNG: { ...HOLDER, ...changes } });
  expect(value).toMatchObject({ holders: [{ ...MAPPED_HOLDER, ...expected }] });
  expect(isIntact).toBe(true);
});

test.each<readonly [string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'numbers on the certificate',
    { SOHIEUTOBANDOCU: '7', SOTHUTUTHUACU: '34-1' },
    { sheetNoOnCertificate: '7', parcelNoOnCertificate: '34-1' },
  ],
  [
    'a polygon, without heights',
    { HINHTHE: { type: 'Polygon', coordinates: [RING.map((at) => [...at, 3])], bbox: [0] } },
    { geometry: { type: 'Polygon', coordinates: [RING] } },
  ],
  [
    'several polygons',
    { HINHTHE: { type: 'MultiPolygon', coordinates: [[RING], [RING, RING]] } },
    { geometry: { type: 'MultiPolygon', coordinates: [[RING], [RING, RING]] } },
  ],
  [
    'a user of today, whose keys stand beside the party',
    { NGUOIDANGSUDUNG: { ...HOLDER, LYDOTHAYDOI: 'Nhận thừa kế' } },
    {
      currentUser: {
        personalId: PERSON,
        organisationCode: null,
        party: MAPPED_HOLDER,
        reasonOfChange: 'Nhận thừa kế',
      },
    },
  ],
  [
    'an asset',
    {
      DC_TAISANGANLIEN: [
        {
          LOAITAISAN: 'Căn hộ',
          TENDUAN: 'A',
          TENTOANHA: 'B',
          SOCANHO: '0101',
          DIENTICHXAYDUNG: 0,
          DIENTICHSAN: 60.5,
        },
        { LOAITAISAN: 'Nhà ở', HINHTHUCSOHUU: 'Sở hữu riêng', THOIHANSOHUU: 'Lâu dài', CAPHANG: 'Cấp IV' },
      ],
    },
    {
      assets: [
        { kind: 'Căn hộ', project: 'A', building: 'B', flatNo: '0101', builtArea: 0, floorArea: 60.5 },
        { kind: 'Nhà ở', ownershipForm: 'Sở hữu riêng', term: 'Lâu dài', grade: 'Cấp IV' },
      ],
    },
  ],
  [
    'a mortgage in force, and one of a nameless table row',
    {
      DC_BD_THECHAP: [
        {
          NGAYDANGKY: '2025-03',
          SOHOPDONG: '1',
          BENNHANTHECHAP: { TEN: 'A', MASODOANHNGHIEP: '0100109106' },
        },
        { NGAYXOA: '2025-03-04' },
      ],
    },
    {
      mortgages: [
        {
          registeredOn: '2025-03',
          contractNo: '1',
          mortgagee: { name: 'A', personalId: null, organisationCode: '0100109106' },
          releasedOn: null,
        },
        { registeredOn: null, contractNo: null, mortgagee: null, releasedOn: '2025-03-04' },
      ],
    },
  ],
  [
    'a restriction that names somebody',
    {
      DC_HANCHE: { LOAIHANCHE: 'Kê biên', NOIDUNG: 'A', SODINHDANH: PERSON, NGAYDANGKY: '2024', NGAYXOA: '' },
    },
    {
      restrictions: [
        { kind: 'Kê biên', content: 'A', personalId: PERSON, registeredOn: '2024', releasedOn: null },
      ],
    },
  ],
  [
    'a change',
    { DC_DangKyThayDoi: [{ NGAYDANGKY: '2024-01-02', LOAIBIENDONG: '8', NOIDUNG: 'B' }] },
    {
      changes: [
        { registeredOn: '2024-01-02', kind: '8', content: 'B', personalId: null, organisationCode: null },
      ],
    },
  ],
  [
    'empty lists',
    { DC_HANCHE: [], DC_DangKyThayDoi: null },
    { restrictions: [], changes: [], mortgages: null },
  ],
])('maps %s', async (_what, changes, expected) => {
  const { value, isIntact } = await parcelOf(changes);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});

test.each([
  [
    'register number and template',
    { SOVAOSO: 'CH00001', MAUGIAY: '98' },
    { registerNo: 'CH00001', template: '98' },
  ],
  ['form of the holders', { HINHTHUCCHU: 'Vợ chồng' }, { holderForm: 'Vợ chồng' }],
  ['scan', { TEPQUET: 'gcn/1.pdf' }, { scanFile: 'gcn/1.pdf' }],
  ['withdrawn', { TRANGTHAIXULY: 'DA_THU_HOI' }, { status: 'WITHDRAWN' }],
])('maps a certificate: %s', async (_what, changes, expected) => {
  const { value, isIntact } = await certificateOf(changes);
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
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
  [
    'more values of a holder',
    { CHUSUDUNG: [{ ...HOLDER, NGAYSINH: '1017', GIOITINH: '3', TYLE: 120 }] },
    { holders: [{ birthDate: BROKEN, sex: BROKEN, ratio: BROKEN }] },
  ],
  ['commune of four digits', { MAXA: '0007' }, { communeCode: BROKEN }],
  [
    'a ring that is open',
    { HINHTHE: { type: 'Polygon', coordinates: [RING.slice(1)] } },
    { geometry: BROKEN },
  ],
  [
    'a ring of two corners',
    { HINHTHE: { type: 'Polygon', coordinates: [[RING[0], RING[1], RING[0]]] } },
    { geometry: BROKEN },
  ],
  [
    'metres for degrees',
    { HINHTHE: { type: 'Polygon', coordinates: [RING.map(() => [587_000, 2_325_000])] } },
    { geometry: BROKEN },
  ],
  ['a polygon of nothing', { HINHTHE: { type: 'Polygon', coordinates: [] } }, { geometry: BROKEN }],
  ['a point', { HINHTHE: { type: 'Point', coordinates: [105.8, 21] } }, { geometry: BROKEN }],
  [
    'too many corners',
    { HINHTHE: { type: 'Polygon', coordinates: [Array.from({ length: 5_001 }, () => [1, 1])] } },
    { geometry: BROKEN },
  ],
  ['a user is text', { NGUOIDANGSUDUNG: 'A' }, { currentUser: BROKEN }],
  [
    'entries',
    {
      DC_TAISANGANLIEN: [{}],
      DC_BD_THECHAP: [{ NGAYDANGKY: 2024, BENNHANTHECHAP: { SODINHDANH: '1' } }],
      DC_HANCHE: [{ SODINHDANH: '1', NOIDUNG: 7 }],
      DC_DangKyThayDoi: 'x',
    },
    {
      assets: [{ kind: BROKEN }],
      mortgages: [{ registeredOn: BROKEN, mortgagee: { name: BROKEN, personalId: BROKEN } }],
      restrictions: [{ personalId: BROKEN, content: BROKEN }],
      changes: BROKEN,
    },
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
  ['status of no list', { TRANGTHAIXULY: 'MAT' }, { status: BROKEN }],
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
    {
      holders: [null, '012345678'].map((oldIdNumber) => ({
        ...MAPPED_HOLDER,
        personalId: null,
        oldIdNumber,
      })),
    },
  ],
])('%s: no value, and no error', async (_what, changes, expected) => {
  const outcome = await parcelOf(changes);
  expect(outcome.value).toMatchObject(expected);
  expect(outcome.isIntact).toBe(true);
});
