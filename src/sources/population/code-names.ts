/** The ethnic groups of Viet Nam by code, 01 to 54 in order; 55 is a foreigner (modelled). */
const ETHNIC_GROUPS = [
  'Kinh, Tày, Thái, Hoa, Khơ-me, Mường, Nùng, HMông, Dao, Gia-rai, Ngái, Ê-đê, Ba na, Xơ-đăng, Sán Chay, Cơ-ho, Chăm',
  'Sán Dìu, Hrê, Mnông, Ra-glai, Xtiêng, Bru-Vân Kiều, Thổ, Giáy, Cơ-tu, Gié-Triêng, Mạ, Khơ-mú, Co, Tà-ôi, Chơ-ro',
  'Kháng, Xinh-mun, Hà Nhì, Chu-ru, Lào, La Chí, La Ha, Phù Lá, La Hủ, Lự, Lô Lô, Chứt, Mảng, Pà Thẻn, Cơ Lao, Cống',
  'Bố Y, Si La, Pu Péo, Brâu, Ơ Đu, Rơ măm, Người nước ngoài',
]
  .join(', ')
  .split(', ');

const ETHNICITY_BY_CODE = new Map(
  ETHNIC_GROUPS.map((name, index) => [String(index + 1).padStart(2, '0'), name.normalize('NFC')]),
);

/** Codes 00 and 99 are published (REGISTERS.md, Persons); the codes between them are modelled. */
const RELIGION_BY_CODE = new Map([
  ['00', 'Không'],
  ['01', 'Phật giáo'],
  ['02', 'Công giáo'],
  ['03', 'Tin Lành'],
  ['04', 'Cao Đài'],
  ['05', 'Hòa Hảo'],
  ['06', 'Hồi giáo'],
  ['99', 'Khác'],
]);

export function readEthnicity(raw: unknown): string | undefined {
  return typeof raw === 'string' ? ETHNICITY_BY_CODE.get(raw) : undefined;
}

export function readReligion(raw: unknown): string | undefined {
  return typeof raw === 'string' ? RELIGION_BY_CODE.get(raw) : undefined;
}

/** The register's 00 stands for a blood type that is not known, as null does. */
const BLOOD_TYPE_BY_CODE = new Map<unknown, 'A' | 'B' | 'AB' | 'O' | null>([
  ['00', null],
  ['01', 'A'],
  ['02', 'B'],
  ['03', 'AB'],
  ['04', 'O'],
]);

export function readBloodType(raw: unknown): 'A' | 'B' | 'AB' | 'O' | null | undefined {
  return BLOOD_TYPE_BY_CODE.get(raw);
}

const MARITAL_STATUS_BY_CODE = new Map([
  ['1', 'NEVER_MARRIED'],
  ['2', 'MARRIED'],
  ['3', 'DIVORCED_OR_WIDOWED'],
] as const);

export function readMaritalStatus(raw: unknown) {
  return MARITAL_STATUS_BY_CODE.get(raw as '1');
}
