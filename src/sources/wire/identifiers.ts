import type { Limits } from '../../config/limits.ts';
import { hasPersonalIdForm } from '../../registers.ts';
import { unifyLetters } from '../../units/names/letters.ts';

export const IDENTIFIER_LIMITS = {
  parcelId: { value: 32, unit: 'characters', why: 'A commune, a sheet and a parcel number are shorter.' },
  printedSerial: {
    value: 16,
    unit: 'characters',
    why: 'Ten letters and digits, with spaces and dots between.',
  },
  residenceFileNo: {
    value: 64,
    unit: 'characters',
    why: 'The number is opaque, and longer ones are not known.',
  },
} as const satisfies Limits;

/**
 * The formats are in mocks/registers/REGISTERS.md. A mismatch of the digits for sex or year is no reason to
 * refuse an id: real ones exist.
 */

/** Số định danh cá nhân: any 12 digits. Law 26/2023/QH15 names no list of prefixes. */
export function isPersonalId(id: string): boolean {
  return hasPersonalIdForm(id);
}

const ENTERPRISE_CODE = /^\d{10}(-\d{3})?$/;
const CHECK_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/**
 * Mã số doanh nghiệp with its check digit, a branch `NNNNNNNNNN-NNN` (001 to 999), or the owner's personal id for a
 * household business.
 */
export function isBusinessCode(code: string): boolean {
  if (hasPersonalIdForm(code)) return isPersonalId(code);
  return ENTERPRISE_CODE.test(code) && !code.endsWith('-000') && hasCheckDigit(code);
}

/** d10 = 10 - (31 d1 + 29 d2 + ... + 3 d9) mod 11; where that gives 10 the number is never issued. */
function hasCheckDigit(code: string): boolean {
  let sum = 0;
  for (let index = 0; index < 9; index += 1) {
    sum += (CHECK_WEIGHTS[index] ?? 0) * (code.charCodeAt(index) - 48);
  }
  return 10 - (sum % 11) === code.charCodeAt(9) - 48;
}

const GEOHASH = /^[0-9bcdefghjkmnpqrstuvwxyz]{12}$/;
const LEGACY_PARCEL = /^\d{5}\.\d+\.\d+$/;

/** Mã định danh thửa đất (12-character GeoHash, Circular 09/2024/TT-BTNMT; some vendors: 12 digits), or `commune.sheet.parcel`. */
export function isParcelId(id: string): boolean {
  return GEOHASH.test(id) || (id.length <= IDENTIFIER_LIMITS.parcelId.value && LEGACY_PARCEL.test(id));
}

const SERIAL = /^([A-ZĐ]{2}\d{8}|[A-ZĐ]{2}\d{6}|[A-ZĐ]\d{6})$/;

/** Số phát hành of a certificate, normalised. */
export function isCertificateSerial(serial: string): boolean {
  return SERIAL.test(serial);
}

/** Upper case, composed, without spaces and dots: `aa 00000001` and `AA00000001` are one serial. */
export function normaliseCertificateSerial(serial: string): string {
  return unifyLetters(serial).normalize('NFC').toUpperCase().replaceAll(/[\s.]/g, '');
}

/** Số hồ sơ cư trú is opaque (REGISTERS.md, Persons): any bounded printable text without spaces at its ends. */
export function isResidenceFileNo(number: string): boolean {
  return (
    number.length > 0 &&
    number.length <= IDENTIFIER_LIMITS.residenceFileNo.value &&
    /^[\p{L}\p{N}][\p{L}\p{N} ./_-]*(?<! )$/u.test(number)
  );
}

export function readPersonalId(raw: unknown): string | undefined {
  return typeof raw === 'string' && isPersonalId(raw) ? raw : undefined;
}

const OLD_ID_NUMBER = /^\d{8,9}$/;

/** Số CMND: the number of an identity card of before, nine digits, or eight in the oldest; one person can have several. */
export function readOldIdNumber(raw: unknown): string | undefined {
  return typeof raw === 'string' && OLD_ID_NUMBER.test(raw) ? raw : undefined;
}

/** An identity card of before (CMND, nine digits) or a passport: letters and digits, at least one of these a letter. */
const OTHER_DOCUMENT = /^(?:\d{9}|(?=[0-9A-Z]*[A-Z])[0-9A-Z]{6,20})$/i;

/** True for the number of a document of a person without a personal id; such a number leads to no record. */
export function isOtherDocument(raw: unknown): boolean {
  return typeof raw === 'string' && OTHER_DOCUMENT.test(raw);
}

export function readBusinessCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && isBusinessCode(raw) ? raw : undefined;
}

/** A GeoHash means the same in upper and lower case; the key is in lower case. */
export function readParcelId(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > IDENTIFIER_LIMITS.parcelId.value) return undefined;
  const id = raw.toLowerCase();
  return isParcelId(id) ? id : undefined;
}

export function readCertificateSerial(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > IDENTIFIER_LIMITS.printedSerial.value) return undefined;
  const serial = normaliseCertificateSerial(raw);
  return isCertificateSerial(serial) ? serial : undefined;
}

export function readResidenceFileNo(raw: unknown): string | undefined {
  return typeof raw === 'string' && isResidenceFileNo(raw) ? raw : undefined;
}
