import { expect, it } from 'vitest';
import { draftComplaint, textOfComplaint } from '../../../src/console/citizen/complaint-draft.ts';

const look = {
  time: '2026-11-21T03:00:00.000Z',
  text: 'Lúc 10:00 ngày 21/11/2026, Thanh tra Chính phủ đã xem các thông tin sau của bạn: Ngày sinh.',
  agency: 'Thanh tra Chính phủ',
  purpose: 'inspection',
  purposeWords: null,
  legalBasis: null,
  legalBasisWords: null,
  case: null,
  outcome: 'DISCLOSED',
  disclosed: [],
  proof: { leaf: 'bGVhZg==', entry: null, salt: null, subject: null, index: 6, hashes: [], checkpoint: null },
} as const;

it('asks the agency first, with what the entry says and its place in the log', () => {
  const now = Date.parse('2027-02-04T18:00:00Z');
  const draft = draftComplaint({
    look,
    to: 'agency',
    ground: 'unknown-case',
    personalId: '001090000001',
    now,
  });
  expect(draft.title).toBe('ĐƠN ĐỀ NGHỊ GIẢI TRÌNH');
  for (const part of [
    'ngày 05 tháng 02 năm 2027',
    'Kính gửi: Thanh tra Chính phủ',
    'Số định danh cá nhân: 001090000001',
    look.text,
    'Tôi không có hồ sơ nêu trên.',
    'bản ghi số 7, mã băm bGVhZg==',
  ])
    expect(draft.body).toContain(part);
  expect(textOfComplaint(draft)).toMatch(
    /^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n/,
  );
});

it('complains to the authority, and writes days and months as Decree 30/2020 does', () => {
  const now = Date.parse('2026-11-29T18:00:00Z');
  const draft = draftComplaint({ look, to: 'authority', ground: 'other', personalId: null, now });
  expect(draft.title).toBe('ĐƠN KHIẾU NẠI');
  expect(draft.body).toContain('ngày 30 tháng 11 năm 2026');
  expect(draft.body).toContain('Kính gửi: Cơ quan chuyên trách bảo vệ dữ liệu cá nhân');
});
