import type { Words } from '../shell/words.ts';

const NUMBERS = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 });

/** Missing is not zero. */
export const NO_DATA: Words = ['Chưa có dữ liệu', 'No data yet'];
export const NOT_APPLICABLE: Words = ['Không áp dụng', 'Not applicable'];

/** A number with its unit, or a dash where it was not measured. */
export function figure(value: number | null | undefined, unit = ''): string {
  return value === null || value === undefined ? '–' : `${NUMBERS.format(value)}${unit}`;
}

/** Milliseconds; tenths of them only where they are few. */
export function msFigure(value: number | null | undefined): string {
  return figure(value !== null && value !== undefined && value >= 10 ? Math.round(value) : value, ' ms');
}

/** A register's name, short enough for a row on a wall. */
export function shortRegister(name: string | null | undefined): string {
  return (name ?? '').replace(/^Cơ sở dữ liệu/, 'CSDL');
}

/** Seconds as an age in the largest unit that fits. */
export function ageWords(seconds: number | null | undefined): Words {
  if (seconds === null || seconds === undefined) return ['–', '–'];
  if (seconds < 60) return [`${seconds} giây`, `${seconds} s`];
  if (seconds < 3_600) return [`${Math.floor(seconds / 60)} phút`, `${Math.floor(seconds / 60)} min`];
  if (seconds < 86_400) return [`${Math.floor(seconds / 3_600)} giờ`, `${Math.floor(seconds / 3_600)} h`];
  return [`${Math.floor(seconds / 86_400)} ngày`, `${Math.floor(seconds / 86_400)} days`];
}

const SCOPES: Readonly<Record<string, Words>> = {
  REGISTER: ['Cơ sở dữ liệu', 'Register'],
  OFFICE: ['Cơ quan', 'Office'],
  PROVINCE: ['Tỉnh, thành phố', 'Province'],
  COMMUNE: ['Xã, phường', 'Commune'],
};

export function scopeWords(scope: string | null | undefined): Words {
  return SCOPES[scope ?? ''] ?? ['', ''];
}

const CIRCUITS: Readonly<Record<string, Words>> = {
  CLOSED: ['đóng', 'closed'],
  HALF_OPEN: ['đang thử lại', 'half open'],
  OPEN: ['NGẮT', 'OPEN'],
};

export function circuitWords(circuit: string | null | undefined): Words {
  return CIRCUITS[circuit ?? ''] ?? ['', ''];
}

const WITNESSES: Readonly<Record<string, Words>> = {
  NONE: ['chưa đặt', 'none'],
  GOOD: ['đang ký', 'cosigning'],
  TROUBLE: ['không ký được', 'trouble'],
};

export function witnessWords(state: string | null | undefined): Words {
  return WITNESSES[state ?? ''] ?? ['', ''];
}

/** A flag as it is read out. The server says it in Vietnamese; English says the same numbers. */
export function flagWords(flag: {
  readonly reason?: string | null;
  readonly days?: number | null;
  readonly value?: number | null;
  readonly limit?: number | null;
  readonly text?: string | null;
}): Words {
  const [value, limit, days] = [figure(flag.value), figure(flag.limit), flag.days ?? 0];
  const english: Readonly<Record<string, string>> = {
    SILENT: `Nothing heard for ${days} day(s) while others are active`,
    SLOW: `Slow for ${days} day(s): p99 ${value} ms, limit ${limit} ms`,
    FAILING: `Failing for ${days} day(s): ${value}% of calls, limit ${limit}%`,
    REFUSED: `Refused for ${days} day(s): ${value}% of requests, limit ${limit}%`,
    ASKS_ANYWAY: `Still asks for ${value} paper(s) that data has answered, ${days} day(s)`,
  };
  return [flag.text ?? '', english[flag.reason ?? ''] ?? ''];
}
