import { expect, test } from 'vitest';
import { findFormerCommune } from '../../../src/units/former-communes.ts';
import { BROKEN } from '../../../src/sources/records/record.ts';
import {
  citizen,
  citizenRow,
  envelope,
  populationFixture,
  type CitizenParts,
} from '../fixtures/population.ts';
import { fetchRows, itemOf } from '../fixtures/register-fixture.ts';

const ID = '001190900011';
const PLACE =
  '<MaTinhThanh>01</MaTinhThanh><MaQuanHuyen>002</MaQuanHuyen><MaPhuongXa>00043</MaPhuongXa><ChiTiet>Trạm y tế, Phường Hàng Trống</ChiTiet><QuocGia>VNM</QuocGia>';
const NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';

const FORMER = findFormerCommune('00043');

async function personOf(parts: CitizenParts) {
  const batch = await fetchRows(populationFixture, envelope(citizenRow(ID, citizen(parts))), [
    itemOf('population.person', ID),
  ]);
  const outcome = batch.rows[0]?.outcome;
  if (outcome?.state !== 'found') throw new Error(outcome?.state);
  return outcome;
}

const place = {
  full: 'Trạm y tế, Phường Hàng Trống',
  provinceCode: '01',
  districtCode: '002',
  communeCode: '00043',
  country: 'VN',
  provinceName: 'Thành phố Hà Nội',
  communeName: FORMER?.name,
  currentCommuneCode: '00070',
};

const READ: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['other names', '<TenGoiKhac>Út</TenGoiKhac><TenGoiKhac>Cả</TenGoiKhac>', { otherNames: ['Út', 'Cả'] }],
  ['a place of birth', `<NoiSinh>${PLACE}</NoiSinh>`, { placeOfBirth: place }],
  [
    'a place of registration',
    `<NoiDangKyKhaiSinh>${PLACE}</NoiDangKyKhaiSinh>`,
    { birthRegistrationPlace: place },
  ],
  [
    'an ancestral home without codes',
    '<QueQuan><ChiTiet>Nam Định</ChiTiet></QueQuan>',
    {
      ancestralHome: {
        full: 'Nam Định',
        provinceCode: null,
        districtCode: null,
        communeCode: null,
        country: null,
      },
    },
  ],
  [
    'a place abroad',
    '<NoiSinh><ChiTiet>Praha</ChiTiet><QuocGia>CZ</QuocGia></NoiSinh>',
    { placeOfBirth: { full: 'Praha', country: 'CZ', provinceCode: null } },
  ],
  [
    'a residence abroad',
    '<NoiOHienTai><ChiTiet>Praha</ChiTiet><QuocGia>CZ</QuocGia></NoiOHienTai>',
    { currentResidence: { full: 'Praha', country: 'CZ', communeCode: null } },
  ],
  [
    'a temporary residence with its dates, one of them in part',
    `<TamTru>${PLACE}<TuNgay>202403</TuNgay><DenNgay>20260301</DenNgay><NgayXoa>20260302</NgayXoa><LyDoXoa>Hết hạn</LyDoXoa></TamTru>`,
    {
      temporaryResidence: {
        ...place,
        startedOn: '2024-03',
        expiresOn: '2026-03-01',
        deletedOn: '2026-03-02',
        deletionReason: 'Hết hạn',
      },
    },
  ],
  [
    'numbers and cards',
    '<SoCMND>012345678</SoCMND><SoCMND>12345678</SoCMND>' +
      '<TheCanCuoc><SoThe>012345678</SoThe><NgayCap>2004</NgayCap><NoiCap>Công an</NoiCap><NgayHetHan>20190101</NgayHetHan></TheCanCuoc>' +
      `<TheCanCuoc><SoThe>${ID}</SoThe><NgayCap>20240801</NgayCap><NgayHetHan/></TheCanCuoc><TheCanCuoc/>`,
    {
      oldIdNumbers: ['012345678', '12345678'],
      idCards: [
        { number: '012345678', issuedOn: '2004', issuedBy: 'Công an', expiresOn: '2019-01-01' },
        { number: ID, issuedOn: '2024-08-01', issuedBy: null, expiresOn: null },
      ],
    },
  ],
  [
    'an absence',
    '<TamVang><TrangThai>Đang tạm vắng</TrangThai><TuNgay>20261001</TuNgay><DenNgay>20270101</DenNgay><NoiDen>Nhật Bản</NoiDen></TamVang>',
    {
      absenceDeclaration: {
        status: 'Đang tạm vắng',
        startedOn: '2026-10-01',
        endedOn: '2027-01-01',
        destination: 'Nhật Bản',
      },
    },
  ],
  ['a relation to the head', '<ChuHo><QuanHe>Con</QuanHe></ChuHo>', { relationToHead: 'Con' }],
  [
    'a month since which somebody is missing',
    '<NgayMatTich>202403</NgayMatTich>',
    { missingSince: '2024-03' },
  ],
  [
    'a mobile alone',
    '<SoDienThoai>0912345678</SoDienThoai>',
    { contact: { mobile: '0912345678', email: null } },
  ],
  [
    'a mail address alone',
    '<ThuDienTu>a@b.example</ThuDienTu>',
    { contact: { mobile: null, email: 'a@b.example' } },
  ],
  ['an occupation', '<NgheNghiep>Ngư dân</NgheNghiep>', { occupation: 'Ngư dân' }],
  [
    'nothing',
    `<TenGoiKhac/><SoCMND ${NIL}/><NoiSinh/><TamTru ${NIL}/><TamVang/><ChuHo/><NgayMatTich ${NIL}/><SoDienThoai/><NgheNghiep/>`,
    {
      otherNames: [],
      oldIdNumbers: [],
      placeOfBirth: null,
      temporaryResidence: null,
      absenceDeclaration: null,
      relationToHead: null,
      missingSince: null,
      contact: null,
      occupation: null,
    },
  ],
];
test.each(READ)('reads %s', async (_name, more, expected) => {
  const { value, isIntact } = await personOf({ more });
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(true);
});

const BROKEN_PARTS: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['an old number of seven digits', '<SoCMND>1234567</SoCMND>', { oldIdNumbers: [BROKEN] }],
  ['a card as text', '<TheCanCuoc>012345678</TheCanCuoc>', { idCards: [BROKEN] }],
  [
    'a card without a number',
    '<TheCanCuoc><NgayCap>2004</NgayCap></TheCanCuoc>',
    { idCards: [{ number: BROKEN }] },
  ],
  ['an address as text', '<NoiSinh>Hà Nội</NoiSinh>', { placeOfBirth: BROKEN }],
  [
    'a district of two digits',
    `<NoiSinh>${PLACE.replace('002', '02')}</NoiSinh>`,
    { placeOfBirth: { districtCode: BROKEN } },
  ],
  [
    'a residence without a commune',
    '<TamTru><MaTinhThanh>01</MaTinhThanh><ChiTiet>Hà Nội</ChiTiet></TamTru>',
    { temporaryResidence: { provinceCode: '01', communeCode: BROKEN } },
  ],
  ['two absences', '<TamVang><NoiDen>A</NoiDen></TamVang>'.repeat(2), { absenceDeclaration: BROKEN }],
  ['31 February', '<NgayMatTich>20240231</NgayMatTich>', { missingSince: BROKEN }],
];
test.each(BROKEN_PARTS)('is broken at its place: %s', async (_name, more, expected) => {
  const { value, isIntact } = await personOf({ more });
  expect(value).toMatchObject(expected);
  expect(isIntact).toBe(false);
});

test.each([
  ['00', null],
  ['02', 'B'],
  ['03', 'AB'],
  ['04', 'O'],
  ['05', BROKEN],
])('blood type %s', async (code, bloodType) => {
  const record = citizen({}).replace('<NhomMau>01', `<NhomMau>${code}`);
  const batch = await fetchRows(populationFixture, envelope(citizenRow(ID, record)), [
    itemOf('population.person', ID),
  ]);
  expect(batch.rows[0]?.outcome).toMatchObject({ value: { bloodType }, isIntact: bloodType !== BROKEN });
});

test('relatives stand in the order of the record, each with what the register knows', async () => {
  const relatives =
    '<Cha><HoVaTen>NGUYỄN VĂN BA</HoVaTen></Cha><Me/>' +
    '<VoChong><SoDinhDanh>N1234567</SoDinhDanh><HoVaTen>ANNA</HoVaTen><QuocTich>CZ</QuocTich><QuocTich>VNM</QuocTich></VoChong>' +
    '<Con><SoDinhDanh>001220900011</SoDinhDanh><SoCMND>012345678</SoCMND></Con><Con><SoDinhDanh>12</SoDinhDanh></Con><Con>x</Con>' +
    '<NguoiDaiDien><SoDinhDanh>012345678</SoDinhDanh></NguoiDaiDien><NguoiDuocDaiDien><HoVaTen>C</HoVaTen></NguoiDuocDaiDien>';
  const { value } = await personOf({ relatives });
  const nobody = { name: null, oldIdNumber: null, nationalities: [], personalId: null };
  expect(value).toMatchObject({
    relatives: [
      { ...nobody, relation: 'FATHER', name: 'NGUYỄN VĂN BA' },
      { ...nobody, relation: 'SPOUSE', name: 'ANNA', nationalities: ['CZ', 'VN'] },
      { ...nobody, relation: 'CHILD', oldIdNumber: '012345678', personalId: '001220900011' },
      { ...nobody, relation: 'CHILD', personalId: BROKEN },
      BROKEN,
      { ...nobody, relation: 'REPRESENTATIVE', oldIdNumber: '012345678' },
      { ...nobody, relation: 'REPRESENTED', name: 'C' },
    ],
    spouseId: null,
    guardianId: null,
  });
});
