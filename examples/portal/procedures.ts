/** A party that the citizen may name, and how the page asks for it. */
export interface NamedBy {
  readonly role: string;
  readonly label: string;
  readonly kind: 'person' | 'parcel' | 'business';
}

/** One of the forms that this portal offers. */
export interface OfferedForm {
  readonly code: string;
  readonly name: string;
  readonly namedBy: readonly NamedBy[];
}

export const OFFERED_FORMS: readonly OfferedForm[] = [
  { code: '1.001193', name: 'Đăng ký khai sinh', namedBy: [] },
  {
    code: '1.004222',
    name: 'Đăng ký thường trú (CT01)',
    namedBy: [
      { role: 'head', label: 'Số định danh của chủ hộ nơi đến', kind: 'person' },
      { role: 'dwelling', label: 'Chỗ ở: thửa đất', kind: 'parcel' },
    ],
  },
  {
    code: '1.001612',
    name: 'Đăng ký thành lập hộ kinh doanh',
    namedBy: [{ role: 'business', label: 'Địa điểm kinh doanh: thửa đất', kind: 'parcel' }],
  },
];

/** Vietnamese names of the roles in a form. */
const ROLES: Readonly<Record<string, string>> = {
  applicant: 'Người đề nghị',
  requester: 'Người yêu cầu',
  owner: 'Chủ hộ kinh doanh',
  submitter: 'Người nộp hồ sơ',
  head: 'Chủ hộ',
  member: 'Thành viên hộ',
  mother: 'Mẹ',
  father: 'Cha',
  parents: 'Cha mẹ',
  parent: 'Cha, mẹ hoặc người giám hộ',
  child: 'Trẻ được khai sinh',
  dwelling: 'Chỗ ở',
  dwellingOwner: 'Chủ sở hữu chỗ ở',
  location: 'Địa điểm kinh doanh',
  business: 'Hộ kinh doanh',
  dossier: 'Hồ sơ',
};

export function roleName(role: string): string {
  return ROLES[role] ?? 'Thông tin khác';
}

const REGISTERS: Readonly<Record<string, string>> = {
  population: 'dân cư',
  business: 'doanh nghiệp',
  land: 'đất đai',
  'civil-status': 'hộ tịch',
};

export function registerName(register: string | null | undefined): string {
  return REGISTERS[register ?? ''] ?? 'khác';
}

/** Why a field is empty, for the citizen. */
export const ABSENCES: Readonly<Record<string, string>> = {
  NO_RECORD: 'Cơ sở dữ liệu không có; xin tự điền.',
  NOT_GRANTED: 'Cổng không được phép lấy dữ liệu này; xin tự điền.',
  SOURCE_UNAVAILABLE: 'Cơ sở dữ liệu tạm thời không trả lời; thử lại sau hoặc tự điền.',
  NOT_APPLICABLE: 'Không phải điền.',
  AMBIGUOUS: 'Có nhiều giá trị; xin chọn một.',
  APPLICANT_PROVIDES: 'Xin tự điền.',
  OTHER_DOCUMENT: 'Nằm trong giấy tờ của hệ thống khác; xin tự điền.',
};
