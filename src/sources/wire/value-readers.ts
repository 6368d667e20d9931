import { daysInMonth, vietNamDay } from '../../log-format/viet-nam-time.ts';
import type { Limits } from '../../config/limits.ts';

/** Readers give the value, or undefined where its shape is wrong; nothing is coerced. */

const CONTROL = /[^\P{Cc}\t\n\r]/u;
export const TEXT_LIMITS = {
  text: {
    value: 4_000,
    unit: 'characters',
    why: 'No name, address or number of a register is nearly as long.',
  },
} as const satisfies Limits;

/** Non-empty text. The copy keeps a cached record from holding the whole answer alive through a slice of it. */
export function readText(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length === 0 || raw.length > TEXT_LIMITS.text.value) return undefined;
  if (CONTROL.test(raw) || !raw.isWellFormed() || raw.trim() === '') return undefined;
  return raw.length < 13 ? raw : ` ${raw}`.slice(1);
}

const COMMUNE = /^\d{5}$/;
const DISTRICT = /^\d{3}$/;
const PROVINCE = /^\d{2}$/;

export function readCommuneCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && COMMUNE.test(raw) ? raw : undefined;
}

/** Quận, huyện, thị xã: a level that was abolished on 1 July 2025. */
export function readDistrictCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && DISTRICT.test(raw) ? raw : undefined;
}

export function readProvinceCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && PROVINCE.test(raw) ? raw : undefined;
}

/** A country by ISO 3166-1 alpha-2. */
export function readCountryCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^[A-Z]{2}$/.test(raw) ? raw : undefined;
}

/** A nationality by ISO 3166-1 alpha-2; registers of persons also write the three letters of Viet Nam. */
export function readNationality(raw: unknown): string | undefined {
  return raw === 'VNM' ? 'VN' : readCountryCode(raw);
}

/** Square metres. */
export function readArea(raw: unknown): number | undefined {
  return typeof raw === 'number' && Number.isFinite(raw) && raw >= 0 ? raw : undefined;
}

export function readCount(raw: unknown): number | undefined {
  return typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0 ? raw : undefined;
}

/** `yyyy-mm-dd` of a real calendar date. */
export function readIsoDate(raw: unknown): string | undefined {
  const match = typeof raw === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(raw) : null;
  return match === null ? undefined : dateOf(match[1], match[2], match[3]);
}

/** `dd/MM/yyyy`, given as `yyyy-mm-dd`. */
export function readSlashDate(raw: unknown): string | undefined {
  const match = typeof raw === 'string' ? /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(raw) : null;
  return match === null ? undefined : dateOf(match[3], match[2], match[1]);
}

/**
 * Dates of which the register may know less than the day: `yyyy`, `yyyyMM`, `yyyyMMdd`, with `00` for a month or day that
 * is not known (`19750000`). Given as `yyyy`, `yyyy-mm` or `yyyy-mm-dd`.
 */
export function readCompactPartialDate(raw: unknown): string | undefined {
  const match = typeof raw === 'string' ? /^(\d{4})(?:(\d{2})(\d{2})?)?$/.exec(raw) : null;
  return match === null ? undefined : partialDateOf(match[1], match[2], match[3]);
}

/** `dd/MM/yyyy`, `MM/yyyy` or `yyyy`, with `00` for what is not known. */
export function readSlashPartialDate(raw: unknown): string | undefined {
  const match = typeof raw === 'string' ? /^(?:(?:(\d{2})\/)?(\d{2})\/)?(\d{4})$/.exec(raw) : null;
  return match === null ? undefined : partialDateOf(match[3], match[2], match[1]);
}

/** `yyyy-mm-dd`, `yyyy-mm` or `yyyy`, with `00` for what is not known. */
export function readIsoPartialDate(raw: unknown): string | undefined {
  const match = typeof raw === 'string' ? /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(raw) : null;
  return match === null ? undefined : partialDateOf(match[1], match[2], match[3]);
}

/** A day without its month is no date. */
function partialDateOf(year: string | undefined, month = '00', day = '00'): string | undefined {
  if (month === '00') return day === '00' ? readYear(year) : undefined;
  if (day !== '00') return dateOf(year, month, day);
  const known = readYear(year);
  return known !== undefined && readMonth(month) !== undefined ? `${known}-${month}` : undefined;
}

const TIME = /^(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})?$/;

/** A day of Viet Nam: a date in any of the registers' forms, or a time (a time without an offset is of Viet Nam). */
export function readDay(raw: unknown): string | undefined {
  if (typeof raw !== 'string') return undefined;
  const time = TIME.exec(raw);
  if (time === null) {
    const slashed = /^(\d{2}\/\d{2}\/\d{4})(?: \d{2}:\d{2}(?::\d{2})?)?$/.exec(raw);
    return readIsoDate(raw) ?? readSlashDate(slashed?.[1]) ?? readIsoDate(readCompactPartialDate(raw));
  }
  if (time[2] === undefined) return readIsoDate(time[1]);
  const at = Date.parse(raw);
  return Number.isNaN(at) ? undefined : readIsoDate(vietNamDay(at));
}

export function readYear(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^\d{4}$/.test(raw) && isPlausibleYear(Number(raw)) ? raw : undefined;
}

/** Two digits, `01` to `12`. */
export function readMonth(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^(0[1-9]|1[0-2])$/.test(raw) ? raw : undefined;
}

function dateOf(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | undefined {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  return isPlausibleYear(y) && d >= 1 && d <= daysInMonth(y, m) ? `${year}-${month}-${day}` : undefined;
}

/** Real files hold years such as 1017 (REGISTERS.md, Land); no date in these registers is that old. */
function isPlausibleYear(year: number): boolean {
  return year >= 1800 && year < 2200;
}
