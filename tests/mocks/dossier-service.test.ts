import { expect, test } from 'vitest';

import { buildDossierService, type BookDossier } from '../../mocks/registers/dossier-service.ts';
import { dossierCall, REQUEST_ID } from './register-calls.ts';

const asked = {
  maHoSo: 'H26-261121-0001',
  heThong: 'hn-land-office',
  donVi: null,
  taiKhoan: 'officer.an',
  mucDich: 'land-registration',
  doiTuong: ['001190912345', '001192954321'],
};
const open = {
  thuTuc: '1.013831',
  mucDich: ['land-registration'],
  heThongTiepNhan: 'hn-land-office',
  trangThai: 'DANG_XU_LY',
  canBoThuLy: ['officer.an'],
  ngayTiepNhan: '2026-11-21',
  cacBen: asked.doiTuong.map((ma) => ({ loai: 'CA_NHAN', ma })),
  doiTuong: asked.doiTuong,
};

test.each([
  ['open', 'H26-261121-0001', open],
  ['open, whatever else the digits are', 'H99-000000-6999', { ...open, ngayTiepNhan: '2026-11-01' }],
  ['closed', 'H26-261121-9001', { ...open, trangThai: 'DA_DONG' }],
  ["another office's", 'H26-261121-8001', { ...open, heThongTiepNhan: 'another-office' }],
  ['about other parties', 'H26-261121-7001', { ...open, cacBen: [], doiTuong: [] }],
])('%s', async (_, maHoSo, wanted) => {
  const service = buildDossierService();
  const answer = await service.handle(dossierCall({ ...asked, maHoSo }));
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toEqual({ maHoSo, ...wanted });
  expect(service.log.entries()).toEqual([
    {
      time: expect.any(String),
      requestId: REQUEST_ID,
      client: 'hn-land-office',
      purpose: 'land-registration',
      operation: 'hoSo/traCuu',
      kind: 'HO_SO',
      key: maHoSo,
      officer: 'officer.an',
      dossier: maHoSo,
    },
  ]);
});

async function ask(body: object, book: [string, BookDossier | null][] = []): Promise<unknown> {
  const answer = await buildDossierService({ book: new Map(book) }).handle(dossierCall(body));
  return { status: answer.status, ...(JSON.parse(answer.body) as object) };
}

test.each([
  ['H26-000229-0001', '2000-02-29'],
  ['H26-250229-0001', '2026-11-01'],
  ['H26-261301-0001', '2026-11-01'],
  ['H26-260001-0001', '2026-11-01'],
  ['H26-260100-0001', '2026-11-01'],
  ['H26-260431-0001', '2026-11-01'],
  ['KT-261120-0001', '2026-11-20'],
])('%s was received on %s', async (maHoSo, ngayTiepNhan) => {
  expect(await ask({ ...asked, maHoSo, heThong: 'auditor' })).toMatchObject({ ngayTiepNhan });
});

test.each([
  ['001190912345', 'CA_NHAN'],
  ['0100109106', 'TO_CHUC'],
  ['0100109106-001', 'TO_CHUC'],
  ['w7epxsheyytd', 'THUA_DAT'],
  ['00070.12.345', 'THUA_DAT'],
  ['AA00000001', 'GIAY_CHUNG_NHAN'],
  ['AA 00000001', 'GIAY_CHUNG_NHAN'],
  ['Đ123456', 'GIAY_CHUNG_NHAN'],
])('party %s is %s', async (ma, loai) => {
  expect(await ask({ ...asked, doiTuong: [ma] })).toMatchObject({ cacBen: [{ loai, ma }], doiTuong: [ma] });
});

test('a dossier in the book is the same for whoever asks', async () => {
  const dossier: BookDossier = {
    procedure: '1.012783',
    office: 'hn-land-office',
    officers: ['officer.ba'],
    state: 'DANG_XU_LY',
    parties: [
      { loai: 'CA_NHAN', ma: '001190912345' },
      { loai: 'THUA_DAT', ma: 'w7epxsheyytd' },
    ],
    receivedOn: '2026-10-01',
  };
  const wanted = {
    status: 200,
    thuTuc: '1.012783',
    heThongTiepNhan: 'hn-land-office',
    trangThai: 'DANG_XU_LY',
    canBoThuLy: ['officer.ba'],
    ngayTiepNhan: '2026-10-01',
    cacBen: dossier.parties,
    doiTuong: ['001190912345'],
  };
  // The demo's rule for 9NNN does not hold for it.
  const book: [string, BookDossier][] = [['H26-261121-9500', dossier]];
  for (const caller of [{}, { heThong: 'inspectorate', taiKhoan: 'officer.x', mucDich: 'inspection' }]) {
    expect(await ask({ ...asked, ...caller, maHoSo: 'H26-261121-9500' }, book)).toMatchObject(wanted);
  }
  expect(await ask(asked, book)).toMatchObject({ status: 200, doiTuong: asked.doiTuong });
});

test('a number that the book says nobody has', async () => {
  expect(await ask(asked, [[asked.maHoSo, null]])).toEqual({ status: 404, maLoi: 'KHONG_TIM_THAY' });
});

test.each([
  ['malformed number', { ...asked, maHoSo: 'H26-261121-001' }, 404, 'KHONG_TIM_THAY'],
  ['audit order asked by an agency', { ...asked, maHoSo: 'KT-261121-0001' }, 404, 'KHONG_TIM_THAY'],
  ['audit order', { ...asked, maHoSo: 'KT-261121-0001', heThong: 'auditor' }, 200, undefined],
  ['a property missing', { ...asked, donVi: undefined }, 400, 'SAI_DINH_DANG'],
  ['subjects that are no list', { ...asked, doiTuong: '001190912345' }, 400, 'SAI_DINH_DANG'],
])('%s', async (_, body, status, maLoi) => {
  const answer = await buildDossierService().handle(dossierCall(body));
  expect(answer.status).toBe(status);
  expect((JSON.parse(answer.body) as { maLoi?: string }).maLoi).toBe(maLoi);
});

test('wrong credentials', async () => {
  const answer = await buildDossierService().handle({ ...dossierCall(asked), headers: {} });
  expect(answer.status).toBe(401);
});

test('faults', async () => {
  const service = buildDossierService();
  service.faults.set({ fault: 'wrong-shape', onlyWithKey: asked.maHoSo });
  const answer = await service.handle(dossierCall(asked));
  expect(JSON.parse(answer.body)).toMatchObject({ trangThai: 1, doiTuong: 'tat ca' });
});
