/** The words of the schema for the codes of the country's records, written a second time and without a look at src/. */

export const BUSINESS_STATUSES = [
  'ACTIVE',
  'SUSPENDED',
  'DISSOLVING',
  'DISSOLVED',
  'REVOKED',
  'BANKRUPT',
  'RELOCATED',
];
export const LEGAL_FORMS: Readonly<Record<string, string>> = {
  '1': 'PRIVATE_ENTERPRISE',
  '2': 'SINGLE_MEMBER_LLC',
  '3': 'MULTI_MEMBER_LLC',
  '4': 'JOINT_STOCK',
  '9': 'HOUSEHOLD_BUSINESS',
};
export const TAX_STATUSES: Readonly<Record<string, string>> = {
  '00': 'ISSUED',
  '01': 'CLOSED',
  '02': 'MOVING_TAX_OFFICE',
  '03': 'STOPPED_NOT_CLOSED',
  '04': 'VOID',
  '05': 'SUSPENDED',
  '06': 'NOT_AT_REGISTERED_ADDRESS',
  '07': 'BANKRUPTCY_PENDING',
  '09': 'ADDRESS_UNDER_VERIFICATION',
  '10': 'PERSONAL_ID_PENDING',
};
export const ETHNIC_GROUPS = (
  'Kinh,Tày,Thái,Hoa,Khơ-me,Mường,Nùng,HMông,Dao,Gia-rai,Ngái,Ê-đê,Ba na,Xơ-đăng,Sán Chay,Cơ-ho,Chăm,Sán Dìu,Hrê,Mnông,' +
  'Ra-glai,Xtiêng,Bru-Vân Kiều,Thổ,Giáy,Cơ-tu,Gié-Triêng,Mạ,Khơ-mú,Co,Tà-ôi,Chơ-ro,Kháng,Xinh-mun,Hà Nhì,Chu-ru,Lào,La Chí,' +
  'La Ha,Phù Lá,La Hủ,Lự,Lô Lô,Chứt,Mảng,Pà Thẻn,Cơ Lao,Cống,Bố Y,Si La,Pu Péo,Brâu,Ơ Đu,Rơ măm'
).split(',');
export const RELIGIONS: Readonly<Record<string, string>> = {
  '00': 'Không',
  '01': 'Phật giáo',
  '02': 'Công giáo',
  '03': 'Tin Lành',
  '04': 'Cao Đài',
  '05': 'Hòa Hảo',
  '06': 'Hồi giáo',
  '99': 'Khác',
};
