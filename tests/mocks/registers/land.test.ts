import { expect, test } from 'vitest';

import { DEMO_REGISTER_CREDENTIALS } from '../../../mocks/demo-secrets.ts';
import { buildLand } from '../../../mocks/registers/land/land.ts';
import { BINH, certificate, fixtureCountry, LAN, parcel } from '../fixture-country.ts';
import { get, landBatch } from '../register-calls.ts';

const HOLDERS = [
  {
    TEN: 'Nguyễn Văn Bình',
    LOAICHU: 'Vợ chồng',
    VAITRO: 'Chồng',
    SODINHDANH: BINH,
    NGAYSINH: '1990',
    GIOITINH: 1,
    DIACHI: 'Số 1, Phường Trúc Bạch, Thành phố Hà Nội',
  },
  { TEN: 'Công ty', LOAICHU: 'Tổ chức', VAITRO: 'Người đại diện', MASODOANHNGHIEP: '0101234567', TYLE: 40 },
];
const PARCEL = {
  THUADATID: 'w7epxsheyytd',
  MAXA: '00070',
  SOHIEUTOBANDO: 12,
  SOTHUTUTHUA: 34,
  SOHIEUTOBANDOCU: '7',
  SOTHUTUTHUACU: '34-1',
  DIENTICH: 120.5,
  DIENTICHPHAPLY: 120,
  DIACHITHUADAT: 'Số 5 & 7 ngõ "Chợ" <cũ>, Phường Hoàn Kiếm, Thành phố Hà Nội',
  DC_MUCDICHSUDUNGDAT: [
    {
      MAMUCDICH: 'ODT',
      DIENTICH: 100.5,
      MANGUONGOC: 'CNQ-CTT',
      HINHTHUC: 'Sử dụng riêng',
      THOIHAN: 'Lâu dài',
    },
  ],
  CHUSUDUNG: HOLDERS,
  HINHTHE: parcel.geometry,
  NGUOIDANGSUDUNG: {
    TEN: 'Lê Thị Lan',
    LOAICHU: 'Cá nhân',
    VAITRO: 'Cá nhân',
    SODINHDANH: LAN,
    LYDOTHAYDOI: 'Nhận tặng cho, chưa đăng ký biến động',
  },
  DC_TAISANGANLIEN: [
    {
      LOAITAISAN: 'Nhà ở riêng lẻ',
      DIENTICHXAYDUNG: 60,
      HINHTHUCSOHUU: 'Sở hữu chung',
      THOIHANSOHUU: 'Lâu dài',
    },
  ],
  DC_BD_THECHAP: [
    {
      NGAYDANGKY: '2025-03-04',
      SOHOPDONG: '12/2025/HĐTC',
      BENNHANTHECHAP: { TEN: 'Công ty', MASODOANHNGHIEP: '0101234567' },
    },
  ],
  DC_HANCHE: [
    {
      LOAIHANCHE: 'Kê biên',
      NOIDUNG: 'Kê biên đối với Nguyễn Văn Bình',
      SODINHDANH: BINH,
      NGAYDANGKY: '2025-04-05',
      NGAYXOA: '2025-05-06',
    },
  ],
  DC_DangKyThayDoi: [{ NGAYDANGKY: '2025-02-03', LOAIBIENDONG: '8', NOIDUNG: 'Nhận chuyển nhượng' }],
  DC_GIAYCHUNGNHAN: [{ SOPHATHANH: 'AA 00000001' }],
};
const CERTIFICATE = {
  SOPHATHANH: 'AA 00000001',
  MAVACH: '000000000001',
  SOVAOSO: 'CH00001',
  NGAYCAP: '2025-02-03',
  MAUGIAY: '98',
  MAXA: '00070',
  TRANGTHAIXULY: 'DA_THU_HOI',
  HINHTHUCCHU: 'Vợ chồng',
  TEPQUET: 'gcn/00070/AA00000001.pdf',
  CHUSUDUNG: HOLDERS,
  THUADAT: [{ THUADATID: 'w7epxsheyytd' }],
};
const { secret } = DEMO_REGISTER_CREDENTIALS.land;

test('a batch: parcel, certificate by serial with and without space, holders with and without land, unknown keys', async () => {
  const register = buildLand(fixtureCountry);
  const answer = await register.handle(
    landBatch([
      { kind: 'THUA_DAT', key: parcel.parcelId, askers: [['refused.x', '']] },
      { kind: 'GIAY_CHUNG_NHAN', key: certificate.serial },
      { kind: 'GIAY_CHUNG_NHAN', key: 'AA00000001' },
      { kind: 'CHU_SU_DUNG', key: BINH },
      { kind: 'CHU_SU_DUNG', key: LAN },
      { kind: 'THUA_DAT', key: 'w00000000000' },
    ]),
  );
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({
    KETQUA: [
      {
        LOAI: 'THUA_DAT',
        KHOA: parcel.parcelId,
        TIMTHAY: 1,
        TUCHOI: [{ TAIKHOAN: 'refused.x', MA: '005' }],
        THUADAT: PARCEL,
      },
      { LOAI: 'GIAY_CHUNG_NHAN', KHOA: 'AA 00000001', TIMTHAY: 1, GIAYCHUNGNHAN: CERTIFICATE },
      { LOAI: 'GIAY_CHUNG_NHAN', KHOA: 'AA00000001', TIMTHAY: 1, GIAYCHUNGNHAN: CERTIFICATE },
      { LOAI: 'CHU_SU_DUNG', KHOA: BINH, TIMTHAY: 1, DANHSACHTHUA: [PARCEL], DANHSACHGCN: [CERTIFICATE] },
      { LOAI: 'CHU_SU_DUNG', KHOA: LAN, TIMTHAY: 1, DANHSACHTHUA: [], DANHSACHGCN: [] },
      { LOAI: 'THUA_DAT', KHOA: 'w00000000000', TIMTHAY: 0 },
    ],
    THOIDIEM: '2026-11-15',
  });
});

test('the single operation gives one parcel', async () => {
  const answer = await buildLand(fixtureCountry).handle(get(`/land/1.0/thuaDat/${parcel.parcelId}`, secret));
  expect(JSON.parse(answer.body)).toEqual({ THUADAT: PARCEL, THOIDIEM: '2026-11-16' });
});

const item = { kind: 'THUA_DAT', key: parcel.parcelId };
const good = landBatch([item]);
test.each([
  ['an unknown parcel', get('/land/1.0/thuaDat/w00000000000', secret), 404, 1],
  ['a parcel id that is none', get('/land/1.0/thuaDat/a%2Fb', secret), 400, 0],
  ['another path', get('/land/1.0/khac', secret), 404, 0],
  ['wrong credentials', { ...good, headers: { authorization: `Basic ${secret}` } }, 401, 0],
  ['no JSON', { ...good, body: '' }, 400, 0],
  ['another kind', landBatch([{ ...item, kind: 'NHA' }]), 400, 0],
  ['a dossier missing', { ...good, body: good.body?.replace('"MAHOSO"', '"MAHOS"') ?? '' }, 400, 0],
  ['101 items', landBatch(Array.from({ length: 101 }, () => item)), 400, 0],
])('%s is an error with its HTTP status', async (_, request, status, lines) => {
  const register = buildLand(fixtureCountry);
  const answer = await register.handle(request);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual({ MALOI: String(status), THONGBAO: expect.any(String) });
  expect(register.log.entries()).toHaveLength(lines);
});
