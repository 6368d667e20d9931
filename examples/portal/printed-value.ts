/** Words of the registers' codes, as forms print them. */
const WORDS: Readonly<Record<string, string>> = {
  MALE: 'Nam',
  FEMALE: 'Nữ',
  VN: 'Việt Nam',
  NEVER_MARRIED: 'Chưa kết hôn',
  MARRIED: 'Đang có vợ, chồng',
  DIVORCED_OR_WIDOWED: 'Đã ly hôn hoặc góa',
  IN_FORCE: 'Đang có hiệu lực',
  DIVORCED: 'Đã ly hôn',
  ENDED_BY_DEATH: 'Chấm dứt do một bên chết',
};

/** A value as a Vietnamese form writes it: days as dd/mm/yyyy, codes as words, other texts as they are. */
export function printedValue(value: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  return year === undefined ? (WORDS[value] ?? value) : `${date}/${month}/${year}`;
}
