import type { AccessOutcome } from '../../generated/console-operations.ts';
import type { Words } from '../shell/words.ts';

/** How an access ended, with a sign, so that colour is not the only hint. */
export interface OutcomeWords {
  readonly sign: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'none';
  readonly words: Words;
}

export const OUTCOMES: Readonly<Record<AccessOutcome, OutcomeWords>> = {
  DISCLOSED: { sign: '●', tone: 'good', words: ['Đã cung cấp', 'Given'] },
  NOT_FOUND: { sign: '○', tone: 'none', words: ['Không có dữ liệu', 'Not found'] },
  DENIED: { sign: '▲', tone: 'warn', words: ['Không cho xem', 'Denied'] },
  FAILED: { sign: '■', tone: 'warn', words: ['Bị lỗi', 'Failed'] },
  REFUSED: { sign: '✕', tone: 'bad', words: ['Từ chối cả yêu cầu', 'Refused'] },
  NOTHING: { sign: '–', tone: 'none', words: ['Không về ai', 'About nobody'] },
};

export const CALLER_WORDS: Readonly<Record<string, Words>> = {
  agency: ['cơ quan', 'agency'],
  citizen: ['công dân', 'citizen'],
  auditor: ['kiểm tra viên', 'auditor'],
  owner: ['chủ quản CSDL', 'register owner'],
  centre: ['trung tâm điều hành', 'command centre'],
  gateway: ['cổng dữ liệu', 'gateway'],
};

export const REGISTERS: Readonly<Record<string, Words>> = {
  population: ['CSDL quốc gia về dân cư', 'National population database'],
  business: ['CSDL quốc gia về đăng ký doanh nghiệp', 'Business register'],
  land: ['CSDL quốc gia về đất đai', 'Land register'],
  'civil-status': ['CSDL hộ tịch điện tử', 'Civil status register'],
  'access-log': ['Nhật ký truy cập', 'Access log'],
};

const SUBJECT_KINDS: Readonly<Record<string, Words>> = {
  PERSON: ['Công dân', 'Person'],
  ORGANISATION: ['Tổ chức', 'Organisation'],
  PARCEL: ['Thửa đất', 'Land parcel'],
  CERTIFICATE: ['Giấy chứng nhận', 'Certificate'],
  UNIDENTIFIED: ['Người không có số định danh', 'Person without an identifier'],
  NONE: ['Không về ai', 'About nobody'],
};

/** A register's name, or the text itself for one that is not known here. */
export function registerWords(name: string): Words {
  return REGISTERS[name] ?? [name, name];
}

/** A kind of subject in words. */
export function subjectWords(kind: string): Words {
  return SUBJECT_KINDS[kind] ?? [kind, kind];
}

/** Row rules in words. */
export const RULE_WORDS: Readonly<Record<string, Words>> = {
  protected: ['người được bảo vệ thông tin', 'a protected person'],
  territory: ['ngoài địa bàn', 'outside the territory'],
  deceased: ['người đã mất', 'a deceased person'],
  minor: ['người chưa thành niên', 'a minor'],
  'own-data': ['dữ liệu của chính cán bộ', 'the officer’s own data'],
  relatives: ['người thân của cán bộ', 'a relative of the officer'],
  match: ['họ tên hoặc ngày sinh không khớp', 'name or birth date does not match'],
  'unknown-person': ['không có người này', 'no such person'],
  undetermined: ['không xét lại được', 'cannot be decided again'],
  unreadable: ['không đọc được', 'cannot be read'],
};
