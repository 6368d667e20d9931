import { readText } from '../wire/value-readers.ts';

/** Modelled, like all lists below but the last: the register's public guide shows the field, not its list. */
const STATUS_BY_CODE = new Map([
  ['1', 'ACTIVE'],
  ['2', 'SUSPENDED'],
  ['3', 'DISSOLVING'],
  ['4', 'DISSOLVED'],
  ['5', 'REVOKED'],
  ['6', 'BANKRUPT'],
  ['7', 'RELOCATED'],
] as const);

const LEGAL_FORM_BY_CODE = new Map([
  ['1', 'PRIVATE_ENTERPRISE'],
  ['2', 'SINGLE_MEMBER_LLC'],
  ['3', 'MULTI_MEMBER_LLC'],
  ['4', 'JOINT_STOCK'],
  ['5', 'PARTNERSHIP'],
  ['6', 'COOPERATIVE'],
  ['9', 'HOUSEHOLD_BUSINESS'],
] as const);

const UNIT_KIND_BY_CODE = new Map([
  ['1', 'BRANCH'],
  ['2', 'REPRESENTATIVE_OFFICE'],
  ['3', 'BUSINESS_LOCATION'],
] as const);

/** Circular 90/2026/TT-BTC, Annex I; the name of 10 is remembered. */
const TAX_STATUS_BY_CODE = new Map([
  ['00', 'ISSUED'],
  ['01', 'CLOSED'],
  ['02', 'MOVING_TAX_OFFICE'],
  ['03', 'STOPPED_NOT_CLOSED'],
  ['04', 'VOID'],
  ['05', 'SUSPENDED'],
  ['06', 'NOT_AT_REGISTERED_ADDRESS'],
  ['07', 'BANKRUPTCY_PENDING'],
  ['09', 'ADDRESS_UNDER_VERIFICATION'],
  ['10', 'PERSONAL_ID_PENDING'],
] as const);

export function readBusinessStatus(raw: unknown) {
  return STATUS_BY_CODE.get(raw as '1');
}

/** A form that the schema does not name is OTHER. */
export function readLegalForm(raw: unknown) {
  return LEGAL_FORM_BY_CODE.get(raw as '1') ?? (readText(raw) === undefined ? undefined : 'OTHER');
}

export function readUnitKind(raw: unknown) {
  return UNIT_KIND_BY_CODE.get(raw as '1');
}

export function readTaxStatus(raw: unknown) {
  return TAX_STATUS_BY_CODE.get(raw as '00');
}

/** Four digits of the national list of economic activities (VSIC, Decision 36/2025/QD-TTg). */
export function readActivityCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^\d{4}$/.test(raw) ? raw : undefined;
}

/** The code of a branch or office (`NNNNNNNNNN-NNN`), or the five-digit counter of a business location. */
export function readUnitCode(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^(?:\d{10}-\d{3}|\d{5})$/.test(raw) ? raw : undefined;
}

/** `1` or `0`. */
export function readFlag(raw: unknown): boolean | undefined {
  return raw === '1' ? true : raw === '0' ? false : undefined;
}
