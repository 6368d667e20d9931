import { describe, expect, test } from 'vitest';

import { buildCivilStatus } from '../../../mocks/registers/civil-status/civil-status.ts';
import { BINH, fixtureCountry, LAN, NOBODY, YEAR_ONLY } from '../fixture-country.ts';
import { civilStatusBatch, civilStatusCall, parseXml } from '../register-calls.ts';

const ADDRESS = 'Số 5 & 7 ngõ "Chợ" <cũ>, Phường Hoàn Kiếm, Thành phố Hà Nội';
const COMMON = { quyenSo: '01/2015', trangSo: '12', loaiDangKy: '1', noiDangKy: ADDRESS };
const HUSBAND = {
  chongHoTen: 'Nguyễn Văn Bình',
  chongNgaySinh: '28/02/1990',
  chongDanToc: '01',
  chongSoDDCN: BINH,
};
const WIFE = { voHoTen: 'Lê Thị Lan', voNgaySinh: '1992', voDanToc: '01', voSoDDCN: LAN };
const MARRIAGE = {
  '@module': 'KH',
  so: '9',
  ngayDangKy: '02/01/2015',
  ...COMMON,
  ...HUSBAND,
  ...WIFE,
  tinhTrangKetHon: '1',
};

test('a batch: every entry of a person, no entries, an unknown person, a refusal', async () => {
  const register = buildCivilStatus(fixtureCountry);
  const answer = await register.handle(
    civilStatusBatch([
      {
        key: BINH,
        askers: [
          ['refused.x', 'H26-261121-0001'],
          ['officer.an', ''],
        ],
      },
      { key: LAN },
      { key: NOBODY },
    ]),
  );
  const decoded = JSON.parse(answer.body) as { dsKetQua: { data?: string }[] };
  expect(decoded).toEqual({
    maLoi: 0,
    thongBao: '',
    thoiDiemDuLieu: '20/11/2026',
    dsKetQua: [
      {
        soDinhDanh: BINH,
        timThay: true,
        tuChoi: [{ taiKhoan: 'refused.x', ma: '106' }],
        data: expect.any(String),
      },
      { soDinhDanh: LAN, timThay: true, data: '<hotich></hotich>' },
      { soDinhDanh: NOBODY, timThay: false },
    ],
  });
  expect(parseXml(decoded.dsKetQua[0]?.data ?? '')).toEqual({
    hotich: {
      hoso: [
        {
          '@module': 'KS',
          so: '120',
          ngayDangKy: '05/03/1990',
          ...COMMON,
          nksHoTen: 'Nguyễn Văn Bình',
          nksGioiTinh: '1',
          nksNgaySinh: '28/02/1990',
          nksNoiSinhDVHC: '00070',
          nksNoiSinh: ADDRESS,
          nksQueQuan: ADDRESS,
          nksDanToc: '01',
          nksQuocTich: 'VN',
          nksSoDDCN: BINH,
          meHoTen: 'Trần Thị Đào',
          meNgaySinh: '1955',
          meDanToc: '01',
          meSoDDCN: YEAR_ONLY,
        },
        { ...MARRIAGE, so: '7', ngayDangKy: '02/01/2012', tinhTrangKetHon: '2' },
        MARRIAGE,
        {
          '@module': 'KT',
          so: '3',
          ngayDangKy: '03/01/2026',
          ...COMMON,
          nktHoTen: 'Nguyễn Văn Bình',
          nktNgaySinh: '28/02/1990',
          nktSoDDCN: BINH,
          nktNgayChet: '01/01/2026',
          nktNoiChet: 'Bệnh viện <A> & "B"',
          nktNguyenNhanChet: 'Bệnh',
        },
      ],
    },
  });
});

describe('the public operation', () => {
  test('gives one entry', async () => {
    const answer = await buildCivilStatus(fixtureCountry).handle(
      civilStatusCall('traHoSo', { maDonVi: 'c', module: 'KH', maHoSo: `${BINH}.9` }),
    );
    const { maLoi, data } = JSON.parse(answer.body) as { maLoi: number; data: string };
    expect(maLoi).toBe(0);
    expect(parseXml(data)).toEqual({ hotich: { hoso: [MARRIAGE] } });
  });

  test.each([
    ['another module', 'KS', `${BINH}.9`],
    ['another number', 'KH', `${BINH}.8`],
    ['an unknown person', 'KH', `${NOBODY}.9`],
    ['no number', 'KH', BINH],
  ])('%s is RECORD_NOT_FOUND', async (_, module, maHoSo) => {
    const register = buildCivilStatus(fixtureCountry);
    const answer = await register.handle(civilStatusCall('traHoSo', { maDonVi: 'c', module, maHoSo }));
    expect(JSON.parse(answer.body)).toEqual({ maLoi: 201, thongBao: 'RECORD_NOT_FOUND' });
    expect(register.log.entries()).toMatchObject([{ operation: 'traHoSo', kind: module, key: maHoSo }]);
  });
});

const item = { key: BINH };
const good = civilStatusBatch([item]);
test.each([
  ['wrong credentials', { ...good, headers: { authorization: 'Bearer x' } }, 100],
  ['no JSON', { ...good, body: 'x' }, 302],
  ['no list', civilStatusCall('traCuuTheoLo', { maYeuCau: 'u', maDonVi: 'c', mucDich: 'p' }), 302],
  ['an id that is a number', { ...good, body: good.body?.replace(`"${BINH}"`, '1190912345') ?? '' }, 302],
  ['101 items', civilStatusBatch(Array.from({ length: 101 }, () => item)), 302],
])('%s is an error with HTTP 200 and leaves no line in the log', async (_, request, maLoi) => {
  const register = buildCivilStatus(fixtureCountry);
  const answer = await register.handle(request);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({ maLoi });
  expect(register.log.entries()).toEqual([]);
});
