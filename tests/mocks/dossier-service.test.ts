import { expect, test } from 'vitest';

import { buildDossierService } from '../../mocks/dossier-service.ts';
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
  doiTuong: asked.doiTuong,
};

test.each([
  ['open', 'H26-261121-0001', open],
  ['open, whatever else the digits are', 'H99-000000-6999', open],
  ['closed', 'H26-261121-9001', { ...open, trangThai: 'DA_DONG' }],
  ["another office's", 'H26-261121-8001', { ...open, heThongTiepNhan: 'another-office' }],
  ['about other parties', 'H26-261121-7001', { ...open, doiTuong: [] }],
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
