import { VIET_NAM_OFFSET_MS } from '../../../log-format/viet-nam-time.ts';
import type { Level } from '../../judge/level.ts';

const numbers = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });
const decimals = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });

/** Words in the place of a number where there is nothing to divide by, or nothing was measured: missing is not zero. */
const NOT_APPLICABLE = 'Không áp dụng';
const NO_DATA = 'Chưa có dữ liệu';

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  RED: '▲ Đỏ',
  YELLOW: '◆ Vàng',
  GREEN: '● Xanh',
  GREY: '○ Xám',
};

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  REGISTER: 'Cơ sở dữ liệu',
  OFFICE: 'Cơ quan',
  PROVINCE: 'Tỉnh, thành phố',
  COMMUNE: 'Xã, phường, đặc khu',
};

/** Filters of the template: each turns one value into words as they are printed in Viet Nam. */
export const REPORT_FILTERS = {
  /** `1.234`; a missing one is said to be missing. */
  number: (value: unknown, missing: unknown = NO_DATA): string =>
    isNumber(value) ? numbers.format(value) : String(missing),
  decimal: (value: unknown): string => (isNumber(value) ? decimals.format(value) : NOT_APPLICABLE),
  percent: (value: unknown): string => (isNumber(value) ? `${decimals.format(value)}%` : NOT_APPLICABLE),
  ms: (value: unknown): string => (isNumber(value) ? `${numbers.format(value)} ms` : NO_DATA),
  level: (value: unknown): string => LEVEL_WORDS[value as Level] ?? NO_DATA,
  scope: (value: unknown): string => SCOPE_WORDS[String(value)] ?? String(value),
  /** `2026-11-30` as `30/11/2026`. */
  day: (value: unknown): string => String(value).split('-').toReversed().join('/'),
  /** A time as `00:05:00 ngày 01/12/2026`, of Viet Nam. */
  moment: (value: unknown): string => {
    const [date = '', time = ''] = vietNamText(value).split('T');
    return `${time.slice(0, 8)} ngày ${date.split('-').toReversed().join('/')}`;
  },
  /** A time as Decree 30/2020 writes a date: `ngày 05 tháng 02 năm 2026`, a zero before days under 10 and months 1 and 2 alone. */
  long_date: (value: unknown): string => {
    const [year = '', month = '', day = ''] = (vietNamText(value).split('T')[0] ?? '').split('-');
    return `ngày ${day} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
  },
} as const;

function vietNamText(value: unknown): string {
  return new Date(Date.parse(String(value)) + VIET_NAM_OFFSET_MS).toISOString();
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
