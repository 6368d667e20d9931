import { readUnitTable } from './read-unit-table.ts';

/** A district of the 696 that there were until 30 June 2025 (huyện, quận, thị xã, thành phố of a province). */
export interface District {
  /** Three digits. */
  readonly code: string;
  readonly name: string;
  /** A code of former-provinces.ts. */
  readonly formerProvinceCode: string;
}

/** All of them in order of their codes. */
export const DISTRICTS: readonly District[] = readUnitTable('districts').map(
  ([code = '', name = '', formerProvinceCode = '']) => ({ code, name, formerProvinceCode }),
);

const byCode = new Map(DISTRICTS.map((district) => [district.code, district]));

/** The district of a three-digit code; undefined where there was none on 30 June 2025. */
export function findDistrict(code: string): District | undefined {
  return byCode.get(code);
}
